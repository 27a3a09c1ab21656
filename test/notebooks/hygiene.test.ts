/** What a reader of the committed notebooks may rely on. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Cell, joinText, listNotebooks, readNotebook } from "../../scripts/run/notebook";

const longest = 25;
/** Text cells for each code cell: sentence, cell, sentence. */
const fewest = 0.8;

/** Absolute paths of a Unix machine; a path that begins inside a word or an address is none. */
const machinePath = /(?<![\w.:/<])\/(?:tmp|root|home|Users|work|private|var|opt|mnt)\/[\w.-]+/;
/** 12:34:56, 2026-01-31T..., "took 3 s": what another run would print otherwise. */
const clockTime = /\b\d{1,2}:\d{2}:\d{2}\b|\b20\d\d-\d\d-\d\dT|\b(took|elapsed:?|in) \d+(\.\d+)? ?(ms|s|seconds)\b/;

for (const name of listNotebooks("notebooks")) {
  const notebook = readNotebook(join("notebooks", `${name}.ipynb`));
  const code = notebook.cells.filter((cell) => cell.cell_type === "code");
  const text = notebook.cells.filter((cell) => cell.cell_type === "markdown");
  const said = (cell: Cell): string => (cell.outputs ?? []).map((o) => joinText(o.text) + words(o.data)).join("\n");

  test(`${name} is executed from top to bottom`, () => {
    assert.deepEqual(
      code.map((cell) => cell.execution_count),
      code.map((_, i) => i + 1),
    );
    assert.ok(code.some((cell) => cell.outputs?.length), "no cell has an output");
    const made = notebook.metadata["fusion"] as { profile?: string; engine?: object } | undefined;
    assert.equal(made?.profile, "standard", "take outputs over with: npm run accept");
    assert.ok(made.engine, "the outputs do not say which engine made them");
  });

  test(`${name} shows no error, machine path or clock time`, () => {
    for (const [i, cell] of code.entries()) {
      const tags = (cell as { metadata?: { tags?: string[] } }).metadata?.tags ?? [];
      const failed = cell.outputs?.some((o) => o.output_type === "error") ?? false;
      assert.equal(failed, tags.includes("raises-exception"), `code cell ${i + 1}`);
      assert.ok(!cell.outputs?.some((o) => o.name === "stderr"), `code cell ${i + 1} writes to stderr`);
      assert.doesNotMatch(said(cell), machinePath, `code cell ${i + 1}`);
      assert.doesNotMatch(said(cell), clockTime, `code cell ${i + 1}`);
      for (const folder of [process.cwd(), homedir()].filter((path) => path !== "/"))
        assert.ok(!said(cell).includes(folder), `code cell ${i + 1} shows a folder of this machine`);
    }
  });

  test(`${name} talks: short cells, a sentence for each`, () => {
    for (const [i, cell] of code.entries()) {
      const lines = joinText(cell.source).split("\n").length;
      assert.ok(lines > 0 && lines <= longest, `code cell ${i + 1} has ${lines} lines; move some of it into lib`);
    }
    assert.ok(text.length >= fewest * code.length, `${text.length} text cells for ${code.length} code cells`);
    assert.match(joinText(notebook.cells[0]?.source), /^# .+/, "the first cell is the title");
  });

  test(`${name} has a kernel, and no widget or time stamp in its metadata`, () => {
    assert.deepEqual(notebook.metadata["kernelspec"], {
      ...{ display_name: "TypeScript (fusion)", language: "typescript", name: "fusion-ts" },
    });
    assert.ok(!("widgets" in notebook.metadata));
    for (const cell of code) assert.ok(!("execution" in ((cell as { metadata?: object }).metadata ?? {})));
  });
}

test("there are notebooks, and 00-start-here is the first", () => {
  assert.ok(existsSync("notebooks/00-start-here.ipynb"));
  assert.equal(listNotebooks("notebooks")[0], "00-start-here");
});

test("what is forbidden is recognised", () => {
  for (const bad of ["at /tmp/x", "'/home/a/b.ts'", "(/Users/me)"]) assert.match(bad, machinePath);
  for (const good of ["https://a.org/home/b", "lib/tmp/x", "a/b", "</div>", "10 m/s"]) assert.doesNotMatch(good, machinePath);
  for (const bad of ["12:03:59", "2026-01-02T03:04", "took 12 ms", "in 3.5 s"]) assert.match(bad, clockTime);
  for (const good of ["1:2", "0.95", "5.12 s windows", "10 to 11 ms", "100 Hz"]) assert.doesNotMatch(good, clockTime);
});

/** What an output says, its picture aside. */
const words = (data: Readonly<Record<string, unknown>> | undefined): string =>
  Object.entries(data ?? {})
    .filter(([type]) => type !== "image/png")
    .map(([, value]) => (Array.isArray(value) ? value.join("") : typeof value === "string" ? value : JSON.stringify(value)))
    .join("\n");
