/** Where a real data set lies, and the line that a test says where it does not. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findDataSet, workspace } from "fusion/dist/workspace";

/** @param file one that must be there */
export function realFolder(dataSet: string, file: string): { readonly folder: string; readonly skip: string | false } {
  const folder = findDataSet(workspace, dataSet) ?? join("data", "raw", dataSet);
  const isHere = existsSync(join(folder, file));
  return { folder, skip: isHere ? false : `no ${dataSet} in data/raw or FUSION_DATA; see data/README.md` };
}
