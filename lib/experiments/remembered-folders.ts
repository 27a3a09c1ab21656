/** Folders that know which data sets were asked for, and where they lay: what another process has to be told. */
import type { DataFolders } from "./window-source";

export function remembered({ find, prepared }: DataFolders): {
  readonly folders: DataFolders;
  /** Data set → where it lies; grows with each one that is found. */
  readonly dataSets: Readonly<Record<string, string>>;
} {
  const dataSets: Record<string, string> = {};
  return { folders: { prepared, find: (name) => (dataSets[name] = find(name)) }, dataSets };
}
