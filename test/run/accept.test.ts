import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { acceptRun } from "../../scripts/run/accept";
import { type RunRecord, writeRecord } from "../../scripts/run/record";
import { newPlace, ran, recordOf, writeFigure, writeNotebook } from "./place";

/** A committed notebook and figure, and a run that printed 2 and drew another figure. */
function prepare(
  change: (place: string, record: RunRecord) => RunRecord = (_, r) => r,
): () => ReturnType<typeof acceptRun> {
  const place = newPlace();
  const at = (...parts: string[]): string => join(place, ...parts);
  writeNotebook(at("notebooks", "00-a.ipynb"), ["1 + 1"]);
  writeFigure(at("figures"), "00-old", 1);
  writeFigure(at("build", "figures"), "00-new", 2);
  writeNotebook(at("build", "notebooks", "00-a.ipynb"), ["1 + 1"], ["2\n"]);
  const result = (folder: string, key: string): string => at(folder, "standard", "experiment", `${key}.json`);
  for (const [folder, key] of [
    ["results", "old"],
    [join("build", "results"), "new"],
  ] as const) {
    mkdirSync(dirname(result(folder, key)), { recursive: true });
    writeFileSync(result(folder, key), key);
  }
  writeRecord(at("build"), change(place, recordOf(ran(place, "00-a", ["00-new"]))));
  return () => {
    const source = (): string | false =>
      existsSync(at("notebooks", "00-a.ipynb")) && readFileSync(at("notebooks", "00-a.ipynb"), "utf8");
    const before = source();
    try {
      const accepted = acceptRun({
        build: at("build"),
        notebooks: at("notebooks"),
        figures: at("figures"),
        results: at("results"),
      });
      assert.deepEqual(
        readdirSync(at("results", "standard", "experiment")),
        ["new.json"],
        "results are replaced",
      );
      assert.equal(
        readFileSync(at("notebooks", "00-a.ipynb"), "utf8"),
        readFileSync(at("build", "notebooks", "00-a.ipynb"), "utf8"),
      );
      assert.deepEqual(readdirSync(at("figures")).sort(), ["00-new.png", "00-new.svg", "00-new.vl.json"]);
      return accepted;
    } catch (error) {
      assert.equal(source(), before, "a refused run changes no notebook");
      assert.ok(existsSync(at("figures", "00-old.png")), "a refused run removes nothing");
      assert.ok(!existsSync(at("figures", "00-new.png")), "a refused run adds nothing");
      assert.deepEqual(readdirSync(at("results", "standard", "experiment")), ["old.json"]);
      throw error;
    } finally {
      rmSync(place, { recursive: true });
    }
  };
}

test("accept takes notebooks and figures over, and removes figures that no notebook draws", () => {
  assert.deepEqual(prepare()(), { notebooks: ["00-a"], figures: ["00-new"], removed: ["00-old"] });
});

test("accept refuses a run that is missing, partial, failed, small or older than the notebooks", () => {
  const error = { cell: 1, ename: "Error", evalue: "no", traceback: [] };
  const cases: [change: Parameters<typeof prepare>[0], message: RegExp][] = [
    [
      (_, r) => ({ ...r, profile: "tiny" }),
      /expected a run of profile standard, got one of profile tiny; run: npm start/,
    ],
    [
      (_, r) => ({ ...r, complete: false }),
      /expected a run of all notebooks that came to its end, got 1 of 1/,
    ],
    [(place) => recordOf(ran(place, "00-a", [], error)), /got errors in 00-a; mend them and run: npm start/],
    [
      (place, r) => {
        writeNotebook(join(place, "notebooks", "00-a.ipynb"), ["1 + 2"]);
        return r;
      },
      /expected the notebooks that ran, got 00-a edited since/,
    ],
    [
      (place, r) => {
        writeNotebook(join(place, "notebooks", "01-b.ipynb"), ["0"]);
        return r;
      },
      /got 01-b edited since/,
    ],
    [
      (place, r) => {
        rmSync(join(place, "notebooks", "00-a.ipynb"));
        return r;
      },
      /got 00-a removed since/,
    ],
    [
      (place, r) => {
        rmSync(join(place, "build", "figures", "00-new.png"));
        return r;
      },
      /got no 00-new.png in build\/figures/,
    ],
  ];
  for (const [change, message] of cases) assert.throws(prepare(change), message);
});

test("accept refuses where nothing has run", () => {
  const place = newPlace();
  const places = {
    build: join(place, "build"),
    notebooks: join(place, "notebooks"),
    figures: join(place, "figures"),
  };
  assert.throws(() => acceptRun(places), /expected a run in build\/, got none; run: npm start/);
});
