/** Each figure on a few rows: drawn without a warning, with the words and the numbers that a reader should find. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { drawFigure } from "fusion/dist/figures/draw";
import { attention } from "./examples/attention";
import { calibration } from "./examples/calibration";
import { contrastive } from "./examples/contrastive";
import { data } from "./examples/data";
import { encoders } from "./examples/encoders";
import { fusion } from "./examples/fusion";
import { missingSensors } from "./examples/missing-sensors";
import { transfer } from "./examples/transfer";

const examples = { ...data, ...encoders, ...attention, ...fusion,...missingSensors, ...calibration, ...transfer, ...contrastive };

for (const [name, { spec, empty, said, seen }] of Object.entries(examples)) {
  test(`${name} draws its rows`, async () => {
    assert.equal(spec.description, said);
    const { svg, png } = await drawFigure(spec);
    const texts = [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</g)].map(([, text]) => text);
    for (const text of seen) assert.ok(texts.includes(text), `"${text}" is not among ${texts.join(" | ")}`);
    assert.ok(png.length > 5_000);
  });

  test(`${name} without rows is refused`, () => assert.rejects(async () => drawFigure(empty()), /got an empty data set/));
}

test("every figure of the library is among these", () => {
  const folder = dirname(require.resolve("fusion/dist/figures/draw"));
  const figures = readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    .flatMap((file) => Object.keys(require(join(folder, file)) as object))
    .filter((name) => name.endsWith("Figure") && !["drawFigure", "saveFigure", "checkFigure"].includes(name));
  assert.deepEqual(figures.sort(), Object.keys(examples).sort());
});
