/** Every data set, by the name that presets and the command line use. */
import type { DataSet } from "./data-set";
import { type EavOptions, readEav } from "./eav";
import { eavSimulated } from "./eav-simulated";
import { readPamap2, type Pamap2Options } from "./pamap2";
import { pamap2Simulated } from "./pamap2-simulated";
import { readSpSwHar, type SpSwHarOptions } from "./sp-sw-har";
import { readUtdMhad, type UtdMhadOptions } from "./utd-mhad";

const protocol = ["101", "102", "103", "104", "105", "106", "107", "108", "109"].map(
  (subject) => `Protocol/subject${subject}.dat | Protocol/subject${subject}.dat.gz`,
);

const pamap2: DataSet<Pamap2Options> = {
  name: "pamap2",
  title: "PAMAP2 Physical Activity Monitoring",
  licence: "CC BY 4.0",
  citation:
    "A. Reiss and D. Stricker, Introducing a New Benchmarked Dataset for Activity Monitoring, ISWC 2012, pp. 108-109",
  homepage: "https://archive.ics.uci.edu/dataset/231/pamap2+physical+activity+monitoring",
  files: protocol,
  read: readPamap2,
};

/** The files of every trial are too many to list: a folder that has these has been unpacked. */
const utdMhad: DataSet<UtdMhadOptions> = {
  name: "utd-mhad",
  title: "UTD Multimodal Human Action Dataset, inertial and skeleton",
  licence: "for research, to be cited",
  citation:
    "C. Chen, R. Jafari and N. Kehtarnavaz, UTD-MHAD: A Multimodal Dataset for Human Action Recognition Utilizing a Depth Camera and a Wearable Inertial Sensor, ICIP 2015, pp. 168-172",
  homepage: "https://personal.utdallas.edu/~kehtar/UTD-MHAD.html",
  files: ["1", "2", "3", "4", "5", "6", "7", "8"].flatMap((subject) => [
    `Inertial/a1_s${subject}_t1_inertial.mat`,
    `Skeleton/a1_s${subject}_t1_skeleton.mat`,
  ]),
  read: readUtdMhad,
};

const spSwHar: DataSet<SpSwHarOptions> = {
  name: "sp-sw-har",
  title: "SP-SW-HAR, smartphone and smartwatch",
  licence: "CC BY 4.0",
  citation:
    "M. Matey-Sanz, S. Casteleyn and C. Granell, Dataset of inertial measurements of smartphones and smartwatches for human activity recognition, Data in Brief 2023, 109809",
  homepage: "https://doi.org/10.5281/zenodo.8398688",
  files: Array.from({ length: 23 }, (_, i) => `s${String(i + 1).padStart(2, "0")}`).flatMap((subject) =>
    ["sp", "sw"].map((device) =>
      ["", "DATA/"]
        .flatMap((place) => ["csv", "csv.gz"].map((end) => `${place}${subject}/${subject}_01_${device}.${end}`))
        .join(" | "),
    ),
  ),
  read: readSpSwHar,
};

/** A folder in which every subject has an EEG has been unpacked. */
const eav: DataSet<EavOptions> = {
  name: "eav",
  title: "EAV, EEG and audio of emotion in conversation",
  licence: "see its page; for research, to be cited",
  citation:
    "M.-H. Lee, A. Shomanov, B. Begim, Z. Kabidenova, A. Nyssanbay, A. Yazici and S.-W. Lee, EAV: EEG-Audio-Video Dataset for Emotion Recognition in Conversational Contexts, Scientific Data 11, 1026 (2024)",
  homepage: "https://doi.org/10.5281/zenodo.10205702",
  files: Array.from({ length: 42 }, (_, i) => [`${i + 1}`, `${i + 1}`.padStart(2, "0")]).map((names) =>
    [...new Set(names)].map((n) => `subject${n}/EEG/subject${n}_eeg.mat`).join(" | "),
  ),
  read: readEav,
};

export const dataSets = {
  pamap2,
  "pamap2-simulated": pamap2Simulated,
  "utd-mhad": utdMhad,
  "sp-sw-har": spSwHar,
  eav,
  "eav-simulated": eavSimulated,
} as const;
export type DataSetName = keyof typeof dataSets;

/** Expected files that are not there. */
export function missingFiles({ files }: Pick<DataSet, "files">, exists: (file: string) => boolean): string[] {
  return files.filter((file) => !file.split("|").some((one) => exists(one.trim())));
}
