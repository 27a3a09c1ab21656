/** Where the original data sets come from, and what of their archives is kept. */

export interface DownloadSource {
  /** As in the registry of data sets. */
  readonly name: string;
  readonly url: string;
  /** For the reader who has to fetch it by hand. */
  readonly homepage: string;
  /** Size of the archive as published. */
  readonly bytes: number;
  /** SHA-256 of the archive; only where it has been seen on the original, else what a first download recorded is compared. */
  readonly sha256?: string;
  /** Free disk space that download and extraction need together. */
  readonly spaceBytes: number;
  /** Where an archive's entry is put below the data set's folder; undefined for what is not kept. */
  readonly keep: (entry: string) => string | undefined;
  /** Entries that are archives themselves. */
  readonly nested: (entry: string) => boolean;
}

export const pamap2Source: DownloadSource = {
  name: "pamap2",
  url: "https://archive.ics.uci.edu/static/public/231/pamap2+physical+activity+monitoring.zip",
  homepage: "https://archive.ics.uci.edu/dataset/231/pamap2+physical+activity+monitoring",
  bytes: 688_167_640,
  // the archive, the archive inside it, and 1.6 GB of Protocol with what is Optional
  spaceBytes: 4e9,
  keep: (entry) => /(?:^|\/)((?:Protocol|Optional)\/subject10\d\.dat)$/.exec(entry)?.[1],
  nested: (entry) => /(?:^|\/)PAMAP2_Dataset\.zip$/.test(entry),
};

export const downloadSources: Readonly<Record<string, DownloadSource>> = { pamap2: pamap2Source };
