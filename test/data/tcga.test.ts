import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { checkRecordings } from "fusion/dist/data/check-recordings";
import type { Recording, Vector } from "fusion/dist/data/recording";
import { accLabels, readTcgaAcc } from "fusion/dist/data/tcga-acc";
import { readTcgaBrca } from "fusion/dist/data/tcga-brca";
import { folderOf } from "./pamap2-lines";
import { realFolder } from "./real-folder";

const remedy = "; the file is torn or another: get it again from its page, see data/README.md";
const valuesOf = (recording: Recording): Record<string, number[]> =>
  Object.fromEntries(Object.entries(recording.modalities).map(([name, m]) => [name, [...m.values]]));

const brca = {
  "mixomics_data.train_mrna.csv": '"","RTN2","ZEB1"\n"A0FJ",4.5,7\n"A13E",1,2\n',
  "mixomics_data.train_mirna.csv": '"","hsa-let-7a-1"\n"A0FJ",11.5\n"A13E",12\n',
  "mixomics_data.train_protein.csv.gz": gzipSync('"","AR","ASNS"\n"A0FJ",-1.5,0.25\n"A13E",NA,0.5\n'),
  "mixomics_data.train_subtype.csv": '"","y"\n"1","Basal"\n"2","LumA"\n',
  "mixomics_data.test_mrna.csv": '"","RTN2","ZEB1"\n"A54N",0.5,0.75\n',
  "mixomics_data.test_mirna.csv": '"","hsa-let-7a-1"\n"A54N",13\n',
  "mixomics_data.test_subtype.csv": '"","y"\n"1","Her2"\n',
};

test("a patient becomes a recording of one row each; those for testing have no proteins", async () => {
  const recordings = await readTcgaBrca(folderOf(brca));
  assert.doesNotThrow(() => checkRecordings("test", recordings));
  assert.deepEqual(
    recordings.map(({ subject, session, segments }) => [subject, session, ...segments[0]!.target]),
    [["A0FJ", "train", 0], ["A13E", "train", 2], ["A54N", "test", 1]],
  );
  assert.deepEqual(valuesOf(recordings[0]!), { mrna: [4.5, 7], mirna: [11.5], protein: [-1.5, 0.25] });
  assert.deepEqual(valuesOf(recordings[1]!).protein, [NaN, 0.5]);
  assert.deepEqual(valuesOf(recordings[2]!), { mrna: [0.5, 0.75], mirna: [13] });
});

test("breast: patients in another order and unknown subtypes are named with file and line", async () => {
  const fails = (changed: Readonly<Record<string, string>>, message: string): Promise<void> =>
    assert.rejects(readTcgaBrca(folderOf({ ...brca, ...changed })), { message: `readTcgaBrca: ${message}${remedy}` });
  await fails(
    { "mixomics_data.train_mirna.csv": '"","hsa-let-7a-1"\n"A13E",12\n"A0FJ",11.5\n' },
    'mixomics_data.train_mirna.csv, line 2: expected patient A0FJ, as in the file of mrna, got "A13E"',
  );
  await fails(
    { "mixomics_data.train_mirna.csv": '"","hsa-let-7a-1"\n"A0FJ",11.5\n' },
    'mixomics_data.train_mirna.csv, line 3: expected patient A13E, as in the file of mrna, got "none"',
  );
  await fails({ "mixomics_data.test_subtype.csv": '"","y"\n"1","LumB"\n' }, 'mixomics_data.test_subtype.csv, line 2: expected one of Basal, Her2, LumA, got "LumB"');
  await fails({ "mixomics_data.test_subtype.csv": '"","y"\n"1","Her2"\n"2","Her2"\n' }, "mixomics_data.test_subtype.csv, line 4: expected 1 subtypes, got 2");
});

const acc = {
  "colData.csv": '"","pathologic_stage","vital_status","C1A.C1B"\n"P1","stage ii","1","C1A"\n"P2",NA,"0",NA\n"P3","stage iv","0","C1B"\n',
  "sampleMap.csv":
    '"","assay","primary","colname"\n"1","RNASeq2GeneNorm","P1","P1-01"\n"2","RNASeq2GeneNorm","P3","P3-01"\n"3","miRNASeqGene","P1","P1-02"\n' +
    '"4","gistict","P1","P1-03"\n"5","gistict","P2","P2-03"\n"6","RPPAArray","P3","P3-04"\n"7","Mutations","P2","P2-05"\n',
  "RNASeq2GeneNorm.csv": '"","P3-01","P1-01"\n"DIRAS3",3,1\n"MACC1",30,10\n',
  "miRNASeqGene.csv": '"","P1-02"\n"hsa-let-7a-1",7\n',
  "gistict.csv": '"","P1-03","P2-03"\n"DIRAS3",-2,1\n',
  "RPPAArray.csv": '"","P3-04"\n"G6PD",-0.5\n',
  "Mutations.csv": '"","P2-05"\n"MACC1",1\n',
};

test("a patient has the assays that sampleMap gives, whatever the order of columns; what the clinic does not know is NaN", async () => {
  const recordings = await readTcgaAcc(folderOf(acc));
  assert.doesNotThrow(() => checkRecordings("test", recordings));
  assert.deepEqual(recordings.map(valuesOf), [
    { rna: [1, 10], mirna: [7], copies: [-2] },
    { copies: [1], mutations: [1] },
    { rna: [3, 30], protein: [-0.5] },
  ]);
  assert.deepEqual(accLabels, ["advanced stage", "died", "expression group C1A"]);
  assert.deepEqual(recordings.map(({ segments }) => segments[0]!.target), [[0, 1, 1], [NaN, 0, NaN], [1, 0, 0]]);
});

test("adrenocortical: a map and tables that do not agree are named with file and line", async () => {
  const fails = (changed: Readonly<Record<string, string>>, message: string): Promise<void> =>
    assert.rejects(readTcgaAcc(folderOf({ ...acc, ...changed })), { message: `readTcgaAcc: ${message}${remedy}` });
  const map = acc["sampleMap.csv"];
  await fails({ "sampleMap.csv": map.replace("P1-02", "P1-99") }, 'sampleMap.csv, line 4: expected a sample of miRNASeqGene, got "P1-99"');
  await fails({ "sampleMap.csv": map.replace('"P3","P3-04"', '"P9","P3-04"') }, 'sampleMap.csv, line 7: expected a patient of colData, got "P9"');
  await fails({ "sampleMap.csv": map.replace('"P3","P3-01"', '"P1","P3-01"') }, 'sampleMap.csv, line 3: expected one sample of P1 in RNASeq2GeneNorm, got another, "P3-01"');
  await fails({ "Mutations.csv": '"","P2-05","P3-05"\n"MACC1",1,0\n' }, "Mutations.csv, line 1: expected 1 samples, as sampleMap has them, got 2");
  await fails({ "colData.csv": acc["colData.csv"].replace("stage iv", "stage v") }, 'colData.csv, line 4: expected one of stage i, stage ii, stage iii, stage iv or NA for pathologic_stage, got "stage v"');
  await fails({ "colData.csv": acc["colData.csv"].replace("vital_status", "status") }, "colData.csv, line 1: expected a column vital_status, got none");
});

const realBrca = realFolder("tcga-brca", "mixomics_data.train_mrna.csv.gz");
const realAcc = realFolder("tcga-acc", "sampleMap.csv.gz");

test("the real breast tumours are as Python counts them", { skip: realBrca.skip }, async () => {
  const recordings = await readTcgaBrca(realBrca.folder);
  const counts = ["train", "test"].map((part) =>
    [0, 1, 2].map((c) => recordings.filter(({ session, segments }) => session === part && segments[0]!.target[0] === c).length),
  );
  assert.deepEqual(counts, [[45, 30, 75], [21, 14, 35]]);
  const widths = Object.values(recordings[0]!.modalities).map((m) => (m as Vector).features.length);
  assert.deepEqual(widths, [200, 184, 142]);
});

test("the real adrenocortical tumours have the assays that Python counts", { skip: realAcc.skip }, async () => {
  const recordings = await readTcgaAcc(realAcc.folder);
  const has = ["rna", "mirna", "copies", "protein", "mutations"].map((name) => recordings.filter(({ modalities }) => modalities[name]).length);
  assert.deepEqual([recordings.length, ...has], [92, 79, 80, 90, 46, 90]);
  assert.equal(recordings.filter(({ modalities }) => Object.keys(modalities).length === 5).length, 43);
  const known = (label: number): number[] => [0, 1].map((x) => recordings.filter(({ segments }) => segments[0]!.target[label] === x).length);
  assert.deepEqual([known(0), known(1), known(2)], [[53, 37], [58, 34], [35, 43]]);
});
