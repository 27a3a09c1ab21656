import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { drawFigure } from "fusion/dist/figures/draw";
import { saveFigure } from "fusion/dist/figures/save";
import { frame } from "fusion/dist/figures/theme";
import * as jupyter from "tslab/dist/jupyter";
import type { TopLevelSpec } from "vega-lite";
import { newFolder } from "../new-folder";

const spec: TopLevelSpec = {
  ...frame("Seconds measured: hand 1, chest 3."),
  data: { values: [{ sensor: "hand", seconds: 1 }, { sensor: "chest", seconds: 3 }] },
  mark: "bar",
  encoding: {
    x: { field: "seconds", type: "quantitative", title: "time (s)" },
    y: { field: "sensor", type: "nominal", title: "sensor" },
  },
};
const folder = (): string => newFolder("figures");

test("a saved figure is three files, and the specification in it draws the other two", async () => {
  const place = join(folder(), "not", "there", "yet");
  await saveFigure("01-seconds", spec, place);
  assert.deepEqual(readdirSync(place).sort(), ["01-seconds.png", "01-seconds.svg", "01-seconds.vl.json"]);
  const again = await drawFigure(JSON.parse(readFileSync(join(place, "01-seconds.vl.json"), "utf8")) as TopLevelSpec);
  assert.equal(readFileSync(join(place, "01-seconds.svg"), "utf8"), again.svg + "\n");
  assert.ok(readFileSync(join(place, "01-seconds.png")).equals(again.png));
});

test("a figure that cannot be drawn leaves no file and keeps the old one", async () => {
  const place = folder();
  await saveFigure("seconds", spec, place);
  const before = readFileSync(join(place, "seconds.svg"));
  await assert.rejects(saveFigure("seconds", { ...spec, data: { values: [] } } as TopLevelSpec, place));
  await assert.rejects(saveFigure("other", { ...spec, data: { values: [] } } as TopLevelSpec, place));
  assert.equal(readdirSync(place).length, 3);
  assert.ok(readFileSync(join(place, "seconds.svg")).equals(before));
});

for (const name of ["Seconds", "01_seconds", "a--b", "../up", "seconds.png", ""])
  test(`"${name}" is no name for a figure`, () =>
    assert.rejects(saveFigure(name, spec, folder()), { message: /^saveFigure: expected a name like .*; use small letters/ }));

test("in a notebook one output holds the figure, its picture and its words", async () => {
  const kernel = jupyter as { lastWriteDisplayData: unknown };
  const before = kernel.lastWriteDisplayData;
  const shown: { data: Record<string, unknown> }[] = [];
  kernel.lastWriteDisplayData = (data: { data: Record<string, unknown> }) => shown.push(data);
  try {
    await saveFigure("seconds", spec, folder());
  } finally {
    kernel.lastWriteDisplayData = before;
  }
  assert.equal(shown.length, 1);
  const { data } = shown[0]!;
  assert.deepEqual(Object.keys(data), ["application/vnd.vegalite.v5+json", "image/png", "text/plain"]);
  assert.deepEqual(data["application/vnd.vegalite.v5+json"], JSON.parse(JSON.stringify(spec))); // an object, not a string
  assert.equal(Buffer.from(data["image/png"] as string, "base64").toString("latin1", 1, 4), "PNG");
  assert.equal(data["text/plain"], spec.description);
});
