/** Every study, by the name under which its results lie. */
import { calibrationStudies } from "./calibration-study";
import { collapseStudies } from "./collapse-study";
import { dCatStudyList } from "./d-cat-study";
import { mcaStudyList } from "./mca-study";
import type { Study } from "./study";

export const studies: readonly Study[] = [
  ...collapseStudies,
  ...calibrationStudies,
  ...dCatStudyList,
  ...mcaStudyList,
];

export const studyNames: readonly string[] = studies.map(({ name }) => name);

/** @throws listing the known ones */
export function studyNamed(name: string): Study {
  const found = studies.find((study) => study.name === name);
  if (found) return found;
  throw new Error(`study: expected one of [${studyNames.join(", ")}], got "${name}"; name one of them`);
}
