/** What the workspace must know of a data set before it has a byte of it. */
import type { Recording } from "./recording";

export interface DataSet<Options = never> {
  /** As the command line and `data/raw/<name>` write it. */
  readonly name: string;
  readonly title: string;
  /** What may be done with the files; they are never part of this project. */
  readonly licence: string;
  /** To be cited by whoever uses it. */
  readonly citation: string;
  readonly homepage: string;
  /** Files that must be there, relative to the data set's folder; each alternative after a "|" will do. */
  readonly files: readonly string[];
  /** @param folder the data set's own folder, wherever it lies */
  read(folder: string, options?: Options): Promise<Recording[]>;
}
