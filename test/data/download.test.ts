/** Downloads from a server on this machine that does what servers should not do. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { downloadDataSet, readDownloadRecord, type DownloadOptions } from "fusion/dist/data/download";
import { pamap2Source, type DownloadSource } from "fusion/dist/data/download-source";
import { smallZip } from "./small-zip";
import { newFolder } from "../new-folder";

const lines = Array.from({ length: 20_000 }, (_, i) => `${(i * 0.01).toFixed(2)} 0 NaN ${Math.imul(i, 2654435761) >>> 8}`);
const inner = smallZip([{ name: "PAMAP2_Dataset/Protocol/subject101.dat", content: lines.join("\n") }]);
const archive = smallZip([{ name: "PAMAP2_Dataset.zip", content: inner, isStored: true }]);
const sha256 = createHash("sha256").update(archive).digest("hex");

type Answer = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

/** A server for one test; `asked` are the Range headers that it got. */
async function serve(t: TestContext, answer: Answer): Promise<{ url: string; asked: (string | undefined)[] }> {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range);
    answer(request, response, asked.length);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pamap2.zip`, asked };
}

/** What a good server does: the whole, or the rest if it is of the same version. */
function good(request: IncomingMessage, response: ServerResponse, etag = '"1"', body = archive): void {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? NaN);
  const headers = { etag, "content-type": "application/zip" };
  if (Number.isNaN(from) || request.headers["if-range"] !== etag)
    return void response.writeHead(200, { ...headers, "content-length": body.length }).end(body);
  if (from >= body.length) return void response.writeHead(416, { "content-range": `bytes */${body.length}` }).end();
  const range = `bytes ${from}-${body.length - 1}/${body.length}`;
  response.writeHead(206, { ...headers, "content-length": body.length - from, "content-range": range });
  response.end(body.subarray(from));
}

/** How far the client has come: who hung up while bytes are on their way would take them back. */
let received = 0;

/** Promises everything and hangs up once some of it has arrived. */
function breakOff(response: ServerResponse, from: number, to: number, headers: Record<string, string | number>): void {
  response.writeHead(from > 0 ? 206 : 200, { "content-length": archive.length - from, ...headers });
  response.write(archive.subarray(from, to));
  received = from;
  const look = setInterval(() => {
    if (received < to) return;
    clearInterval(look);
    response.destroy();
  }, 5);
}

const quick = { timeoutMilliseconds: 2000, backOffMilliseconds: 1, attempts: 4, freeBytes: 1e12 };

function place(url: string, more: Partial<DownloadSource> = {}) {
  const raw = newFolder("download");
  const source: DownloadSource = { ...pamap2Source, url, bytes: archive.length, ...more };
  const notes: string[] = [];
  const run = ({ onProgress, ...options }: Partial<DownloadOptions> = {}) =>
    downloadDataSet(source, raw, {
      signal: new AbortController().signal,
      onNote: (n) => notes.push(n),
      onProgress: (stage, progress) => {
        if (stage === "download") received = progress.bytes;
        onProgress?.(stage, progress);
      },
      ...{ ...quick, ...options },
    });
  const assertComplete = (): void => {
    assert.equal(readFileSync(join(raw, "pamap2", "Protocol", "subject101.dat"), "utf8"), lines.join("\n"));
    assert.deepEqual(readdirSync(raw).sort(), ["pamap2", "pamap2.download.json"]); // nothing half is left
  };
  return { raw, source, notes, run, assertComplete };
}

test("an archive is fetched, unpacked and remembered", async (t) => {
  const { url } = await serve(t, (request, response) => good(request, response));
  const { raw, source, run, assertComplete } = place(url);
  const stages = new Set<string>();
  const record = await run({ onProgress: (stage) => stages.add(stage) });
  assertComplete();
  assert.deepEqual([...stages], ["download", "check", "unpack"]);
  const files = { "Protocol/subject101.dat": lines.join("\n").length };
  assert.deepEqual(record, { url, bytes: archive.length, sha256, files });
  assert.deepEqual(readDownloadRecord(source, raw), record);
});

test("a connection that breaks off is continued where it ended", async (t) => {
  const third = Math.floor(archive.length / 3);
  const { url, asked } = await serve(t, (request, response, attempt) => {
    if (attempt === 1) return breakOff(response, 0, third, { etag: '"1"' });
    if (attempt === 2)
      return breakOff(response, third, 2 * third, {
        etag: '"1"',
        "content-range": `bytes ${third}-${archive.length - 1}/${archive.length}`,
      });
    good(request, response);
  });
  const { run, notes, assertComplete } = place(url);
  await run();
  assertComplete();
  assert.deepEqual(asked, [undefined, `bytes=${third}-`, `bytes=${2 * third}-`]);
  assert.equal(notes.length, 2);
});

test("an interrupted download is continued by the next call", async (t) => {
  const half = Math.floor(archive.length / 2);
  const { url, asked } = await serve(t, (request, response, attempt) => {
    if (attempt > 1) return good(request, response);
    response.writeHead(200, { "content-length": archive.length, etag: '"1"' });
    response.write(archive.subarray(0, half)); // and then nothing
  });
  const { raw, run, assertComplete } = place(url);
  const interrupt = new AbortController();
  const onProgress: DownloadOptions["onProgress"] = (_, { bytes }) =>
    bytes === half && interrupt.abort(new Error("interrupted"));
  await assert.rejects(run({ signal: interrupt.signal, onProgress }), /^Error: interrupted$/);
  assert.deepEqual(readdirSync(raw).sort(), ["pamap2.zip.part", "pamap2.zip.part.json"]);
  await run();
  assertComplete();
  assert.deepEqual(asked, [undefined, `bytes=${half}-`]);
});

for (const [what, etag] of [
  ["ignores Range", '"1"'],
  ["has another version by now", '"2"'],
] as const)
  test(`a server that ${what} is read from the beginning`, async (t) => {
    const { url } = await serve(t, (request, response, attempt) => {
      // the first version's bytes would spoil the second's
      if (attempt === 1) return breakOff(response, 0, 1000, { etag: '"1"' });
      if (what === "ignores Range") delete request.headers.range;
      good(request, response, etag);
    });
    const { run, notes, assertComplete } = place(url);
    await run();
    assertComplete();
    assert.ok(notes.includes("the server does not continue this file; starting afresh"));
  });

for (const [what, headers] of [
  ["the rest of another version", { etag: '"2"', "content-range": `bytes 1000-${archive.length - 1}/${archive.length}` }],
  ["the rest from another place", { etag: '"1"', "content-range": `bytes 2000-${archive.length - 1}/${archive.length}` }],
] as const)
  test(`${what} is not appended`, async (t) => {
    const { url, asked } = await serve(t, (request, response, attempt) => {
      if (attempt === 1) return breakOff(response, 0, 1000, { etag: '"1"' });
      if (attempt === 2) return void response.writeHead(206, headers).end(archive.subarray(1000));
      good(request, response, '"2"');
    });
    const { run, assertComplete } = place(url);
    await run();
    assertComplete();
    assert.deepEqual(asked, [undefined, "bytes=1000-", undefined]);
  });

test("a rest that ends early without saying so is continued", async (t) => {
  const { url, asked } = await serve(t, (request, response, attempt) => {
    if (attempt === 1) return breakOff(response, 0, 1000, { etag: '"1"' });
    if (attempt > 2) return good(request, response);
    const range = `bytes 1000-${archive.length - 1}/${archive.length}`; // without a length, Node sends it in chunks
    response.writeHead(206, { etag: '"1"', "content-range": range }).end(archive.subarray(1000, 3000));
  });
  const { run, assertComplete } = place(url);
  await run();
  assertComplete();
  assert.deepEqual(asked, [undefined, "bytes=1000-", "bytes=3000-"]);
});

test("without a version a half file is not continued", async (t) => {
  const { url, asked } = await serve(t, (request, response, attempt) => {
    if (attempt === 1) return breakOff(response, 0, 1000, {});
    good(request, response);
  });
  const { run, assertComplete } = place(url);
  await run();
  assertComplete();
  assert.deepEqual(asked, [undefined, undefined]);
});

test("a half file that is the whole is not asked for again", async (t) => {
  const { url } = await serve(t, (request, response) => good(request, response));
  const { raw, run, assertComplete } = place(url);
  writeFileSync(join(raw, "pamap2.zip.part"), archive);
  writeFileSync(join(raw, "pamap2.zip.part.json"), JSON.stringify({ url, version: '"1"' }));
  await run();
  assertComplete();
});

test("errors of the server that pass are waited for", async (t) => {
  const { url, asked } = await serve(t, (request, response, attempt) => {
    if (attempt < 3) return void response.writeHead(503).end();
    good(request, response);
  });
  const { run, notes, assertComplete } = place(url);
  await run();
  assertComplete();
  assert.equal(asked.length, 3);
  assert.match(notes[0]!, /^expected the file, got status 503 Service Unavailable; next attempt in 1 s$/);
});

const failing: readonly [string, Answer, RegExp, number][] = [
  ["answers 404", (_, r) => void r.writeHead(404).end(), /got status 404 Not Found; run the same command .* by hand/, 1],
  ["answers 500 for ever", (_, r) => void r.writeHead(500).end(), /got status 500 Internal Server Error; run the/, 4],
  [
    "sends a page",
    (_, r) => void r.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html>"),
    /expected an archive, got a page of type text\/html; run/,
    1,
  ],
  [
    "sends a page and calls it an archive",
    (_, r) => void r.writeHead(200, { "content-type": "application/zip" }).end("<!DOCTYPE html>"),
    /expected a zip archive, got a file that begins with "<!DO"; delete it; run/,
    1,
  ],
  [
    "promises more than it has",
    (_, r) => breakOff(r, 0, 5000, { "content-length": archive.length }),
    /terminated \(other side closed\); run the same command/,
    4,
  ],
  [
    "promises less than the archive has",
    (_, r) => void r.writeHead(200, { "content-length": 5000 }).end(archive.subarray(0, 5000)),
    /expected [\d,]+ bytes, got 5,000; delete it and run the same command, or, .* add: --bytes 5000/,
    1,
  ],
  ["sends itself around", (q, r) => void r.writeHead(302, { location: q.url! }).end(), /expected 5 redirects or fewer/, 6],
  ["redirects to a file", (_, r) => void r.writeHead(302, { location: "file:///etc/passwd" }).end(), /redirect to https/, 1],
  ["says nothing", () => undefined, /no answer from 127\.0\.0\.1:\d+ in 0\.1 s/, 4],
  [
    "falls silent",
    (_, r) => void r.writeHead(200, { "content-length": archive.length }).write(archive.subarray(0, 99)),
    /not a byte in 0\.1 s/,
    4, // the first brings 99 bytes, the others not one more
  ],
];
for (const [what, answer, message, attempts] of failing)
  test(`a server that ${what} fails with what to do, and leaves no data set`, async (t) => {
    const { url, asked } = await serve(t, answer);
    const { raw, run } = place(url);
    await assert.rejects(run({ timeoutMilliseconds: 100 }), { message });
    assert.ok(!existsSync(join(raw, "pamap2")));
    assert.equal(asked.length, attempts);
  });

test("an archive put there by hand is taken, and the server is not asked", async (t) => {
  const { url, asked } = await serve(t, (_, response) => void response.writeHead(500).end());
  const { raw, run, assertComplete } = place(url);
  writeFileSync(join(raw, "pamap2.zip"), archive);
  await run();
  assertComplete();
  assert.equal(asked.length, 0);
});

test("an archive unlike the one that was recorded is refused, and the data set stays", async (t) => {
  const { url } = await serve(t, (request, response) => good(request, response));
  const { raw, source, run } = place(url);
  const record = await run();
  writeFileSync(join(raw, "pamap2.download.json"), JSON.stringify({ ...record, sha256: "0".repeat(64) }));
  await assert.rejects(run(), { message: /expected the SHA-256 0{64}, got [0-9a-f]{64}; delete the archive/ });
  assert.ok(existsSync(join(raw, "pamap2", "Protocol", "subject101.dat")));
  assert.equal(readDownloadRecord(source, raw)?.sha256, "0".repeat(64));
});

test("an archive unlike the published SHA-256 is refused", async (t) => {
  const { url } = await serve(t, (request, response) => good(request, response));
  await assert.rejects(place(url, { sha256: "1".repeat(64) }).run(), { message: /expected the SHA-256 1{64}, got / });
});

test("a hostile archive leaves nothing, not even its good files", async (t) => {
  const body = smallZip([
    { name: "Protocol/subject101.dat", content: "good" },
    { name: "../subject102.dat", content: "x" },
  ]);
  const { url } = await serve(t, (request, response) => good(request, response, '"1"', body));
  const { raw, run } = place(url, { bytes: body.length });
  await assert.rejects(run(), { message: /invalid relative path/ });
  assert.deepEqual(readdirSync(raw), ["pamap2.zip"]);
});

test("an archive of something else is refused", async (t) => {
  const body = smallZip([{ name: "cats.txt", content: "miaow" }]);
  const { url } = await serve(t, (request, response) => good(request, response, '"1"', body));
  await assert.rejects(place(url, { bytes: body.length }).run(), { message: /expected files of pamap2, got none/ });
});

test("a data set in part, and what a killed run left, are replaced", async (t) => {
  const { url } = await serve(t, (request, response) => good(request, response));
  const { raw, run, assertComplete } = place(url);
  for (const folder of ["pamap2", ".pamap2-unpacking", ".pamap2-replaced"]) {
    mkdirSync(join(raw, folder, "Protocol"), { recursive: true });
    writeFileSync(join(raw, folder, "Protocol", "old.dat"), "old");
  }
  await run();
  assertComplete();
  assert.deepEqual(readdirSync(join(raw, "pamap2", "Protocol")), ["subject101.dat"]);
});

test("too small a disk is told before the first byte", async (t) => {
  const { url, asked } = await serve(t, (request, response) => good(request, response));
  await assert.rejects(place(url).run({ freeBytes: 5 }), { message: /expected 4,000,000,000 bytes free in .*, got 5; make/ });
  assert.equal(asked.length, 0);
});
