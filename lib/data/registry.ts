/** Every data set, by the name that presets and the command line use. */
import type { DataSet } from "./data-set";
import { type EavOptions, readEav } from "./eav";
import { eavSimulated } from "./eav-simulated";
import { cmuMosiModalities, readCmuMosi } from "./cmu-mosi";
import { type ExtraSensoryOptions, readExtraSensory } from "./extrasensory";
import { readPamap2, type Pamap2Options } from "./pamap2";
import { pamap2Simulated } from "./pamap2-simulated";
import { readSpSwHar, type SpSwHarOptions } from "./sp-sw-har";
import { accAssays, readTcgaAcc } from "./tcga-acc";
import { readTcgaBrca } from "./tcga-brca";
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

const orPacked = (name: string): string => `${name}.csv | ${name}.csv.gz`;

/** Twelve of the sixty people: those of whom the committed results are. */
const extraSensory: DataSet<ExtraSensoryOptions> = {
  name: "extrasensory",
  title: "ExtraSensory, phones and watches in the wild",
  licence: "for research, to be cited",
  citation:
    "Y. Vaizman, K. Ellis and G. Lanckriet, Recognizing Detailed Human Context in the Wild from Smartphones and Smartwatches, IEEE Pervasive Computing 16(4), 2017, pp. 62-74",
  homepage: "https://extrasensory.ucsd.edu/",
  files: [
    "00EABED2-271D-49D8-B599-1D4A09240601",
    "0BFC35E2-4817-4865-BFA7-764742302A2D",
    "1155FF54-63D3-4AB2-9863-8385D0BD0A13",
    "4E98F91F-4654-42EF-B908-A3389443F2E7",
    "797D145F-3858-4A7F-A7C2-A4EB721E133C",
    "7D9BB102-A612-4E2A-8E22-3159752F55D8",
    "A5A30F76-581E-4757-97A2-957553A2C6AA",
    "CDA3BBF7-6631-45E8-85BA-EEB416B32A3C",
    "CF722AA9-2533-4E51-9FEB-9EAC84EE9AAC",
    "E65577C1-8D5D-4F70-AF23-B3ADB9D3DBA3",
    "ECECC2AB-D32F-4F90-B74C-E12A1C69BBE2",
    "F50235E0-DD67-4F2A-B00B-1F31ADA998B9",
  ].map((person) => orPacked(`${person}.features_labels`)),
  read: readExtraSensory,
};

const cmuMosi: DataSet = {
  name: "cmu-mosi",
  title: "CMU-MOSI, features of utterances",
  licence: "for research, to be cited",
  citation:
    "A. Zadeh, R. Zellers, E. Pincus and L.-P. Morency, Multimodal Sentiment Intensity Analysis in Videos: Facial Gestures and Verbal Messages, IEEE Intelligent Systems 31(6), 2016, pp. 82-88",
  homepage: "https://multicomp.cs.cmu.edu/resources/cmu-mosi-dataset/",
  files: [
    ...["transcripts", "text_train", "text_test"].map(orPacked),
    ...cmuMosiModalities.flatMap((name) => ["train0", "test0"].map((part) => orPacked(`${name}/${name}_${part}`))),
  ],
  read: readCmuMosi,
};

const tcgaBrca: DataSet = {
  name: "tcga-brca",
  title: "TCGA breast tumours, as the package mixOmics has them",
  licence: "open access tier",
  citation: "The Cancer Genome Atlas Network, Comprehensive molecular portraits of human breast tumours, Nature 490, 2012, pp. 61-70",
  homepage: "https://portal.gdc.cancer.gov/",
  files: [
    ...["mrna", "mirna", "protein", "subtype"].map((name) => `mixomics_data.train_${name}`),
    ...["mrna", "mirna", "subtype"].map((name) => `mixomics_data.test_${name}`),
  ].map(orPacked),
  read: readTcgaBrca,
};

const tcgaAcc: DataSet = {
  name: "tcga-acc",
  title: "TCGA adrenocortical tumours, miniACC",
  licence: "open access tier",
  citation: "S. Zheng et al., Comprehensive Pan-Genomic Characterization of Adrenocortical Carcinoma, Cancer Cell 29(5), 2016, pp. 723-736",
  homepage: "https://portal.gdc.cancer.gov/",
  files: ["colData", "sampleMap", ...Object.values(accAssays).map(({ file }) => file)].map(orPacked),
  read: readTcgaAcc,
};

export const dataSets = {
  pamap2,
  "pamap2-simulated": pamap2Simulated,
  "utd-mhad": utdMhad,
  "sp-sw-har": spSwHar,
  eav,
  "eav-simulated": eavSimulated,
  extrasensory: extraSensory,
  "cmu-mosi": cmuMosi,
  "tcga-brca": tcgaBrca,
  "tcga-acc": tcgaAcc,
} as const;
export type DataSetName = keyof typeof dataSets;

/** Expected files that are not there. */
export function missingFiles({ files }: Pick<DataSet, "files">, exists: (file: string) => boolean): string[] {
  return files.filter((file) => !file.split("|").some((one) => exists(one.trim())));
}
