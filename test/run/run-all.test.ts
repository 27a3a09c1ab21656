import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { joinText, readNotebook } from "../../scripts/run/notebook";
import { runAll } from "../../scripts/run/run-all";
import { readRecord } from "../../scripts/run/record";
import { engine, newPlace, writeNotebook } from "./place";

const silent = { begin: () => undefined, cell: () => undefined, end: () => undefined };

const figureCell = `
  import { saveFigure, twoThermometersFigure, workspace } from "fusion";
  await saveFigure("00-first", twoThermometersFigure([{ estimate: "a", error: 1, theory: 1 }]), workspace.figures);`;

test("every notebook runs, a failing one stops no other, and what ran is told apart from what did not", async () => {
  const root = newPlace();
  const place = {
    root: process.cwd(),
    notebooks: join(root, "notebooks"),
    build: join(root, "build"),
    profile: "tiny",
    engine,
  } as const;
  const notebook = (name: string, ...sources: string[]): void =>
    writeNotebook(join(place.notebooks, `${name}.ipynb`), sources);
  notebook(
    "00-good",
    figureCell,
    "import { workspace } from 'fusion'; console.log(workspace.profile); console.log('b')",
  );
  notebook("01-throws", "console.log('before')", "throw new RangeError('no good')", "console.log('after')");
  notebook(
    "02-lost",
    "void new Promise((_, no) => setTimeout(() => no(new Error('lost at the end')), 30)); 0",
  );
  notebook("03-tagged", "// raises\nthrow new Error('shown, not fatal')", "console.log('goes on')");
  notebook("04-dies", "process.exit(7)");
  writeFileSync(join(place.notebooks, "notes.txt"), "not a notebook");
  const sources = readdirSync(place.notebooks).map((file) =>
    readFileSync(join(place.notebooks, file), "utf8"),
  );
  const cells: string[] = [];
  const progress = {
    ...silent,
    cell: (name: string, cell: number, of: number) => void cells.push(`${name} ${cell}/${of}`),
  };

  const { notebooks, complete } = await runAll(place, [], progress);

  assert.ok(complete);
  assert.deepEqual(
    notebooks.map(({ name, error }) => [name, error && `${error.cell}: ${error.ename}: ${error.evalue}`]),
    [
      ["00-good", null],
      ["01-throws", "2: RangeError: no good"],
      ["02-lost", "1: Error: lost at the end"],
      ["03-tagged", null],
      [
        "04-dies",
        "1: DeadKernel: the kernel has ended, perhaps for want of memory; the log beside the executed notebook may know why",
      ],
    ],
  );
  assert.deepEqual(cells.slice(0, 4), ["00-good 1/2", "00-good 2/2", "01-throws 1/3", "01-throws 2/3"]);
  assert.deepEqual(notebooks[0]!.figures, ["00-first"]);
  assert.deepEqual(readdirSync(join(place.build, "figures")).length, 3);
  assert.deepEqual(readRecord(place.build)?.notebooks, notebooks);

  const good = readNotebook(join(place.build, "notebooks", "00-good.ipynb"));
  assert.deepEqual(good.metadata["fusion"], { engine, profile: "tiny" });
  assert.deepEqual(
    good.cells.map((c) => c.execution_count),
    [1, 2],
  );
  assert.equal(joinText(good.cells[1]!.outputs![0]!.text), "tiny\nb\n");
  assert.deepEqual(Object.keys(good.cells[0]!.outputs![0]!.data!).sort(), [
    "application/vnd.vegalite.v5+json",
    "image/png",
    "text/plain",
  ]);
  const tagged = readNotebook(join(place.build, "notebooks", "03-tagged.ipynb"));
  assert.deepEqual(
    tagged.cells.map((c) => c.outputs![0]!.output_type),
    ["error", "stream"],
  );
  const page = readFileSync(join(place.build, "notebooks", "00-good.html"), "utf8");
  assert.ok(
    /<img[^>]+alt="Root mean square error in degrees Celsius: a 1.00."/.test(page),
    "the picture has its description",
  );
  assert.ok(!/src="http/.test(page.replace(/[^"]*mathjax[^"]*/i, "")), "nothing but formulas is fetched");

  // sources are as they were; a second run gives the same bytes, and leaves what was drawn in JupyterLab alone
  assert.deepEqual(
    readdirSync(place.notebooks).map((file) => readFileSync(join(place.notebooks, file), "utf8")),
    sources,
  );
  writeNotebook(join(place.build, "lab", "mine.ipynb"), ["0"]);
  const first = readFileSync(join(place.build, "notebooks", "00-good.ipynb"), "utf8");
  const trained = join(place.build, "results", "tiny", "of an earlier run.json");
  mkdirSync(dirname(trained), { recursive: true });
  writeFileSync(trained, "{}");
  await runAll(place, ["00"], silent, { resume: true });
  assert.ok(existsSync(trained), "what an interrupted run has trained is kept where it is asked for");
  const again = await runAll(place, ["00"], silent);
  assert.ok(!existsSync(trained), "and otherwise made afresh");
  assert.equal(readFileSync(join(place.build, "notebooks", "00-good.ipynb"), "utf8"), first);
  assert.ok(existsSync(join(place.build, "lab", "mine.ipynb")));
  assert.equal(again.complete, false);
  assert.deepEqual(
    again.notebooks.map(({ name }) => name),
    ["00-good", "01-throws", "02-lost", "03-tagged", "04-dies"],
  );
});

test("--only names what it could have meant", async () => {
  const root = newPlace();
  const place = {
    root,
    notebooks: join(root, "notebooks"),
    build: join(root, "build"),
    profile: "tiny",
    engine,
  } as const;
  writeNotebook(join(place.notebooks, "00-good.ipynb"), ["0"]);
  await assert.rejects(runAll(place, ["7"], silent), {
    message: 'npm start: --only: expected the beginning of 00-good, got "7"; for example --only 00',
  });
});
