import assert from "node:assert/strict";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as aq from "arquero";
import { preparedPamap2Rows } from "fusion/dist/data/pamap2-prepared";
import { readPamap2 } from "fusion/dist/data/pamap2";
import { readPrepared, writePrepared } from "fusion/dist/data/prepared";
import { folderOf, run, text } from "./pamap2-lines";

const arrowFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".arrow"))
    .map((name) => join(folder, name));
const key = { sha256: "ab", options: { sensors: ["gyro"] } };

test("prepared columns come back bit by bit, NaN and all", () => {
  const folder = folderOf({});
  const columns = {
    time: Float64Array.of(0.1, 1 / 3, 1e300, -0, NaN),
    x: Float32Array.of(0.1, NaN, -0, Infinity, 2 ** -149),
  };
  writePrepared(folder, "a", key, columns);
  assert.deepEqual(readPrepared(folder, "a", key), columns);
  assert.equal(readPrepared(folder, "b", key), undefined);
  assert.equal(readPrepared(folder, "a", { ...key, sha256: "ac" }), undefined);
  assert.equal(readPrepared(folder, "a", { ...key, options: { sensors: ["mag"] } }), undefined);
  // it is an Arrow file that others can read
  const table = aq.fromArrow(new Uint8Array(readFileSync(arrowFiles(folder)[0]!)));
  assert.deepEqual([table.columnNames(), table.numRows(), table.get("time", 1)], [["time", "x"], 5, 1 / 3]);
});

test("torn prepared columns do not count: cut, altered, renamed, without checksum", () => {
  const folder = folderOf({});
  const path = (): string => arrowFiles(folder)[0]!;
  const columns = { x: Float32Array.from({ length: 100 }, Math.sqrt) };
  const spoil = {
    cut: () => writeFileSync(path(), readFileSync(path()).subarray(0, 300)),
    empty: () => writeFileSync(path(), ""),
    altered: () => {
      const bytes = readFileSync(path());
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(path(), bytes);
    },
    "without checksum": () => rmSync(`${path()}.sha256`),
    "checksum cut": () => writeFileSync(`${path()}.sha256`, readFileSync(`${path()}.sha256`).subarray(0, 40)),
  };
  for (const [what, change] of Object.entries(spoil)) {
    writePrepared(folder, "a", key, columns);
    assert.ok(readPrepared(folder, "a", key));
    change();
    assert.equal(readPrepared(folder, "a", key), undefined, what);
  }
  // somebody else's columns under our name
  writePrepared(folder, "a", key, columns);
  const ours = path();
  rmSync(`${ours}.sha256`);
  rmSync(ours);
  writePrepared(folder, "a", { ...key, sha256: "other" }, columns);
  const theirs = path();
  renameSync(`${theirs}.sha256`, `${ours}.sha256`);
  renameSync(theirs, ours);
  assert.equal(readPrepared(folder, "a", key), undefined);
});

test("nothing half-written stays behind", () => {
  const folder = folderOf({});
  writePrepared(folder, "a", key, { x: Float32Array.of(1) });
  const [path] = arrowFiles(folder);
  assert.deepEqual(readdirSync(folder).map((name) => join(folder, name)).sort(), [path, `${path}.sha256`]);
});

test("a file is parsed once; another file, other sensors or a torn copy are parsed again", async () => {
  const folder = folderOf({ "subject101.dat": text(run(0, 50, 1, 70)) });
  const [path, prepared] = [join(folder, "subject101.dat"), join(folder, "prepared")];
  const first = await preparedPamap2Rows(path, ["gyro"], prepared);
  assert.deepEqual(await preparedPamap2Rows(path, ["gyro"], prepared), first);
  assert.equal(arrowFiles(prepared).length, 1);

  // that the second reading came from there shows when there is something else
  const columns = { ...first.columns, heart_rate: new Float32Array(50).fill(1) };
  const [kept] = arrowFiles(prepared);
  const planted = folderOf({});
  writePrepared(planted, "subject101", key, columns);
  const bytes = readFileSync(arrowFiles(planted)[0]!);
  const sum = readFileSync(`${arrowFiles(planted)[0]!}.sha256`, "utf8").slice(0, 64);
  writeFileSync(kept!, bytes);
  writeFileSync(`${kept}.sha256`, `${sum}  ${kept!.slice(prepared.length + 1)}\n`);
  assert.equal((await preparedPamap2Rows(path, ["gyro"], prepared)).columns["heart_rate"]![7], 1);

  writeFileSync(kept!, bytes.subarray(0, 100));
  assert.deepEqual(await preparedPamap2Rows(path, ["gyro"], prepared), first);
  assert.deepEqual(await preparedPamap2Rows(path, ["gyro"], prepared), first);
  await preparedPamap2Rows(path, ["mag"], prepared);
  assert.equal(arrowFiles(prepared).length, 2);
  writeFileSync(path, text(run(0, 60, 1, 70)));
  assert.equal((await preparedPamap2Rows(path, ["gyro"], prepared)).count, 60);
});

test("a folder read from prepared columns is the folder read", async () => {
  const folder = folderOf({
    "subject101.dat": text(run(0, 50, 1, 70)),
    "subject102.dat": text(run(0, 40, 24, "NaN")),
  });
  const prepared = join(folder, "prepared");
  const parsed = await readPamap2(folder, { workers: 1 });
  for (const workers of [2, 1, 2]) assert.deepEqual(await readPamap2(folder, { prepared, workers }), parsed);
});
