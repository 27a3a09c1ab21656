import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pamap2Source } from "fusion/dist/data/download-source";
import { unzip, type UnzipOptions } from "fusion/dist/data/unzip";
import { smallZip, type SmallEntry } from "./small-zip";
import { newFolder } from "../new-folder";

const all: UnzipOptions = { keep: (entry) => entry, nested: () => false, signal: new AbortController().signal };

async function unpacked(entries: readonly SmallEntry[] | Buffer, options: Partial<UnzipOptions> = {}): Promise<[string, string[]]> {
  const place = newFolder("unzip");
  const folder = join(place, "in", "here");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(place, "a.zip"), Buffer.isBuffer(entries) ? entries : smallZip(entries));
  return [folder, await unzip(join(place, "a.zip"), folder, { ...all, ...options })];
}

test("files come out as they went in, packed or stored", async () => {
  const long = Array.from({ length: 5000 }, (_, i) => `${i} NaN`).join("\n");
  const [folder, written] = await unpacked([
    { name: "a/long.dat", content: long },
    { name: "b.dat", content: "stored", isStored: true },
    { name: "empty.dat", content: "" },
  ]);
  assert.deepEqual(written, ["a/long.dat", "b.dat", "empty.dat"]);
  assert.equal(readFileSync(join(folder, "a", "long.dat"), "utf8"), long);
  assert.equal(readFileSync(join(folder, "b.dat"), "utf8"), "stored");
  assert.equal(readFileSync(join(folder, "empty.dat"), "utf8"), "");
});

test("the archive in PAMAP2's archive is opened, and only recordings are kept", async () => {
  const inner = smallZip([
    { name: "PAMAP2_Dataset/", content: "", mode: 0o040755 },
    { name: "PAMAP2_Dataset/Protocol/subject101.dat", content: "one" },
    { name: "PAMAP2_Dataset/Optional/subject105.dat", content: "two" },
    { name: "PAMAP2_Dataset/Protocol/subject101.txt", content: "no" },
    { name: "PAMAP2_Dataset/readme.pdf", content: "no" },
  ]);
  const [folder, written] = await unpacked(
    [
      { name: "readme.pdf", content: "no" },
      { name: "PAMAP2_Dataset.zip", content: inner, isStored: true },
    ],
    pamap2Source,
  );
  assert.deepEqual(written, ["Protocol/subject101.dat", "Optional/subject105.dat"]);
  assert.deepEqual(readdirSync(folder).sort(), ["Optional", "Protocol"]); // no inner archive is left
  assert.equal(readFileSync(join(folder, "Protocol", "subject101.dat"), "utf8"), "one");
});

const bomb = Buffer.alloc(2_000_000);
const hostile: readonly [string, readonly SmallEntry[], RegExp][] = [
  ["a path upwards", [{ name: "../up.dat", content: "x" }], /refused: invalid relative path: \.\.\/up\.dat/],
  ["a path upwards, in the middle", [{ name: "a/../../up.dat", content: "x" }], /refused: invalid relative path/],
  ["an absolute path", [{ name: "/etc/up.dat", content: "x" }], /refused: absolute path: \/etc\/up\.dat/],
  ["a drive", [{ name: "C:/up.dat", content: "x" }], /refused: absolute path/],
  ["a backslash", [{ name: "..\\up.dat", content: "x" }], /refused: invalid characters in fileName/],
  ["a link", [{ name: "l", content: "/etc/passwd", mode: 0o120777 }], /got a link or a device \(mode 120000\)/],
  ["a device", [{ name: "d", content: "", mode: 0o020666 }], /got a link or a device \(mode 20000\)/],
  ["a bomb", [{ name: "zeros", content: bomb }], /expected at most 100 times its packed size, got 2000000 bytes/],
  ["an encrypted file", [{ name: "e", content: "x", flags: 1 }], /got an encrypted one/],
  ["one name twice", [{ name: "a", content: "x" }, { name: "a", content: "y" }], /expected a once, got it again/],
  ["a wrong checksum", [{ name: "a", content: "x", crc32: 7 }], /expected the checksum 7, got .*the archive is torn/],
  ["more than it says", [{ name: "a", content: "x".repeat(9999), uncompressedSize: 5 }], /too many bytes in the stream/],
  ["less than it says", [{ name: "a", content: "x", uncompressedSize: 50 }], /not enough bytes in the stream/],
];
for (const [what, entries, message] of hostile)
  test(`an archive with ${what} is refused`, async () => {
    const place = newFolder("unzip");
    const folder = join(place, "in", "here");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(place, "a.zip"), smallZip(entries));
    await assert.rejects(unzip(join(place, "a.zip"), folder, all), { message });
    for (const outside of [join(place, "in", "up.dat"), join(place, "up.dat")]) assert.ok(!existsSync(outside));
  });

test("entries that are not kept are looked at all the same", () =>
  assert.rejects(unpacked([{ name: "l", content: "x", mode: 0o120777 }], { keep: () => undefined }), /got a link/));

test("entries of an absurd size together are refused before they are written", () => {
  const entries = ["a", "b", "c"].map((name) => ({ name, content: "x".repeat(400) }));
  return assert.rejects(unpacked(entries, { mostBytes: 1000 }), /expected 1000 bytes or fewer in all, got 1200/);
});

test("archives in archives in archives are refused", () => {
  const nest = (inside: Buffer): Buffer => smallZip([{ name: "n.zip", content: inside, isStored: true }]);
  const deep = nest(nest(smallZip([{ name: "a", content: "x" }])));
  const nested = (entry: string): boolean => entry === "n.zip";
  return assert.rejects(unpacked(deep, { nested, keep: (e) => (e === "a" ? e : undefined) }), /2 deep at most/);
});

test("what is no archive is said to be none", () =>
  assert.rejects(unpacked(Buffer.from("hello")), /expected a zip archive, got: .*; download it again/));

test("a torn archive is said to be none", () => {
  const whole = smallZip([{ name: "a", content: "x".repeat(1000), isStored: true }]);
  return assert.rejects(unpacked(whole.subarray(0, 700)), /expected a zip archive, got: /);
});
