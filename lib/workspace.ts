/** Where a notebook or a script may write and how much work it does: the one place that reads the environment. */
import { existsSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";

const profiles = ["tiny", "standard", "full"] as const;

/** tiny takes seconds a notebook, standard is what `npm start` runs and `npm run accept` keeps, full is for results. */
export type Profile = (typeof profiles)[number];

export interface Workspace {
  /** The folder with package.json; notebooks run in it. */
  readonly root: string;
  readonly profile: Profile;
  /** What this run writes goes below here; git ignores it. */
  readonly build: string;
  readonly figures: string;
  /** The results of this run, made afresh. */
  readonly results: string;
  /** The results that are in git, those on real data among them; read, never written. */
  readonly keptResults: string;
  /** May simulated runs be taken from `keptResults`? Not where the question is whether they come out the same. */
  readonly isFresh: boolean;
  /** For simulated data and parsed copies of real data; safe to delete. */
  readonly prepared: string;
  /** Where data sets are looked for, in this order, each in a folder of its name. */
  readonly dataFolders: readonly string[];
}

/**
 * @param environment FUSION_BUILD: a folder, from the root if relative, `build/lab` unless told;
 *   FUSION_PROFILE: tiny, standard (unless told) or full; FUSION_FRESH: 1 to compute all simulated results anew;
 *   FUSION_DATA: a folder of data sets, looked into after data/raw
 * @throws on another profile
 */
export function openWorkspace(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Workspace {
  const folder = environment["FUSION_BUILD"] || join("build", "lab");
  const build = isAbsolute(folder) ? folder : join(root, folder);
  return {
    root,
    profile: checkProfile(environment["FUSION_PROFILE"] || "standard"),
    build,
    figures: join(build, "figures"),
    results: join(build, "results"),
    keptResults: join(root, "results"),
    isFresh: environment["FUSION_FRESH"] === "1",
    prepared: join(root, "data", "prepared"),
    dataFolders: [
      join(root, "data", "raw"),
      ...(environment["FUSION_DATA"] ? [resolve(root, environment["FUSION_DATA"])] : []),
    ],
  };
}

/** The folder of a data set, or undefined where none of the workspace's folders has it; "_" may stand for "-". */
export const findDataSet = (
  { dataFolders }: Pick<Workspace, "dataFolders">,
  name: string,
): string | undefined =>
  dataFolders
    .flatMap((folder) => [join(folder, name), join(folder, name.replaceAll("-", "_"))])
    .find((folder) => existsSync(folder));

/** @throws naming the folders that were looked into, and the command that fetches the data set */
export function requireDataSet(place: Pick<Workspace, "dataFolders">, name: string): string {
  const found = findDataSet(place, name);
  if (found) return found;
  throw new Error(
    `data set ${name}: expected it in one of [${place.dataFolders.join(", ")}], got none; run: npm run data -- ${name}, or set FUSION_DATA to a folder that holds ${name}/`,
  );
}

/** @throws unless it names a profile */
export function checkProfile(name: string): Profile {
  const profile = profiles.find((known) => known === name);
  if (profile) return profile;
  throw new Error(
    `workspace: expected the profile ${profiles.join(", ")}, got "${name}"; set FUSION_PROFILE or --profile`,
  );
}

/** The workspace of this process. */
export const workspace: Workspace = openWorkspace(join(__dirname, "..", ".."), process.env);
