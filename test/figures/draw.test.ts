import assert from "node:assert/strict";
import { test } from "node:test";
import { drawFigure } from "fusion/dist/figures/draw";
import { frame } from "fusion/dist/figures/theme";
import { textWidth } from "fusion/dist/figures/text-width";
import type { TopLevelSpec } from "vega-lite";

const rows = [
  { sensor: "hand", seconds: 1 },
  { sensor: "chest", seconds: 3 },
];

function bars(values: readonly object[], title: string | undefined, extra: object = {}): TopLevelSpec {
  return {
    ...frame("Seconds measured: hand 1, chest 3."),
    data: { values: [...values] },
    mark: "bar",
    encoding: {
      x: { field: "seconds", type: "quantitative", ...(title === undefined ? {} : { title }) },
      y: { field: "sensor", type: "nominal", title: "sensor" },
      color: { field: "seconds", type: "quantitative", title: "time measured (s)" }, // a legend with a gradient has an id
    },
    ...extra,
  } as TopLevelSpec;
}

/** Height, width and a pixel's darkness out of an uncompressed look at the PNG's header. */
const size = (png: Buffer): [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)];

test("a figure gives the same bytes each time, also when two are drawn at once", async () => {
  const [one, two] = await Promise.all([1, 2].map(() => drawFigure(bars(rows, "time (s)"))));
  assert.equal(one!.svg, two!.svg);
  assert.ok(one!.png.equals(two!.png));
});

test("the PNG has twice the size of the SVG", async () => {
  const { svg, png } = await drawFigure(bars(rows, "time (s)"));
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)!;
  assert.deepEqual(size(png), [2 * Number(width), 2 * Number(height)]);
});

test("text leaves ink in the PNG, which it does not where the font is missing", async () => {
  const without = (await drawFigure(bars(rows, "time (s)"))).png.length;
  const extra = { title: "A line of words that costs bytes where it is drawn, and the same height where it is not" };
  const withTitle = (await drawFigure(bars(rows, "time (s)", extra))).png.length;
  const blank = { title: " ".repeat(extra.title.length) };
  const withBlank = (await drawFigure(bars(rows, "time (s)", blank))).png.length;
  assert.ok(withTitle > withBlank + 2000, `${without} without title, ${withBlank} with a blank, ${withTitle} with words`);
});

test("what JSON has no number for is drawn as the gap that the saved file holds", async () => {
  const drawn = await Promise.all([NaN, Infinity, null].map((seconds) => drawFigure(bars([...rows, { sensor: "ankle", seconds }], "time (s)"))));
  assert.equal(drawn[0]!.svg, drawn[2]!.svg);
  assert.equal(drawn[1]!.svg, drawn[2]!.svg);
});

test("drawing leaves the rows as they were", async () => {
  const own = rows.map((row) => ({ ...row }));
  await drawFigure(bars(own, "time (s)"));
  assert.deepEqual(own, rows);
  assert.deepEqual(own.flatMap(Object.getOwnPropertySymbols), []); // vega marks each row that it is given
});

const refused: readonly [string, TopLevelSpec, RegExp][] = [
  ["no rows", bars([], "time (s)"), /^drawFigure: expected one row or more, got an empty data set; was a filter/],
  ["no data", bars(rows, "time (s)", { data: null }), /^drawFigure: expected rows, got none; /],
  ["rows elsewhere", bars(rows, "time (s)", { data: { url: "http://127.0.0.1/rows.json" } }), /got data with \[url\]/],
  ["no alternative text", bars(rows, "time (s)", { description: "" }), /expected a description .* got ""/],
  ["an axis without title", bars(rows, undefined), /a title on each of the axes, got none for "seconds"/],
  ["a quantity without unit", bars(rows, "time"), /expected a unit .* got "time"; write it as "time \(s\)"/],
  [
    "a warning of vega-lite",
    bars(rows, "time (s)", { mark: { type: "bar", orient: "vertical", x: 3 }, encoding: { x: { field: "seconds", type: "quantitative", title: "time (s)", scale: { type: "log", zero: true } } } }),
    /expected no warning, got ".*zero.*"/,
  ],
  ["a warning of vega", bars(rows, "time (s)", { transform: [{ calculate: "warn('odd')", as: "x" }] }), /expected no warning, got ".*odd/],
];
for (const [what, spec, message] of refused)
  test(`drawFigure refuses ${what}`, () => assert.rejects(drawFigure(spec), { message }));

test("a figure that was refused does not stop the next one", async () => {
  const bad = drawFigure(bars([], "time (s)"));
  const good = drawFigure(bars(rows, "time (s)"));
  await assert.rejects(bad);
  assert.match((await good).svg, /^<svg/);
});

test("textWidth is the sum of the font's advances", () => {
  // Inter's `hmtx` at 2,048 or 2,816 units an em agree on tabular facts: a space counts, and twice the text is twice as wide
  const one = textWidth("ankle ", 10, false);
  assert.ok(Math.abs(textWidth("ankle ankle ", 10, false) - 2 * one) < 1e-9);
  assert.ok(textWidth("ankle", 10, true) > textWidth("ankle", 10, false));
  assert.ok(textWidth(" ", 10, false) > 1);
  assert.equal(textWidth("", 10, false), 0);
});
