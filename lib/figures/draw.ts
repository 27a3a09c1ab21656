/** From a specification to pictures: the same bytes for the same specification, on every machine. */
import { Resvg } from "@resvg/resvg-js";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { checkFigure, untitled } from "./check";
import { fonts, textWidth } from "./text-width";

export interface Drawn {
  readonly svg: string;
  /** Twice the size of the SVG, for screens with small pixels. */
  readonly png: Buffer;
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

/** What vega exports and its types leave out. */
const scene = vega as unknown as {
  textMetrics: { width: (item: TextItem, text: unknown) => number };
  resetSVGDefIds: () => void;
};
// vega's own guess, 0.8 of the font size for each character, is half too wide
scene.textMetrics.width = ({ fontSize = 11, fontWeight = 400 }, text) =>
  textWidth(text == null ? "" : String(text), fontSize, fontWeight === "bold" || Number(fontWeight) >= 600);

/**
 * Draws what the saved file says: the specification goes through JSON first, so that a NaN is the gap (null)
 * that a reader of the file would see.
 *
 * @throws where a figure is not fit to be shown (see `checkFigure`), or where vega or vega-lite warn
 */
export function drawFigure(spec: TopLevelSpec): Promise<Drawn> {
  const drawn = queue.then(() => draw(spec));
  queue = drawn.then(
    () => undefined,
    () => undefined, // whoever asked for that figure has the error; the next one in the queue does not
  );
  return drawn;
}

/** vega numbers the parts of an SVG by one counter for the process, so figures are drawn one at a time. */
let queue: Promise<unknown> = Promise.resolve();

async function draw(given: TopLevelSpec): Promise<Drawn> {
  const spec = JSON.parse(JSON.stringify(given)) as TopLevelSpec;
  const complaints: string[] = [];
  const logger = collector(complaints);
  const compiled = compile(spec, { logger, fieldTitle: ({ field }) => `${untitled}${String(field)}` }).spec;
  checkFigure(spec, compiled);
  refuse(complaints);

  const loader = { ...vega.loader(), load: (uri: string) => Promise.reject(new Error(`refused to load ${uri}`)) };
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger, loader });
  try {
    await view.runAsync();
    scene.resetSVGDefIds();
    const svg = await view.toSVG();
    refuse(complaints);
    const png = new Resvg(svg, { font: fonts, fitTo: { mode: "zoom", value: 2 } }).render().asPng();
    return { svg, png };
  } finally {
    view.finalize();
  }
}

function refuse(complaints: readonly string[]): void {
  if (complaints.length)
    throw new Error(
      `drawFigure: expected no warning, got "${complaints.join("; ")}"; correct the specification or its rows`,
    );
}

function collector(complaints: string[]): vega.LoggerInterface {
  const keep = (...said: readonly unknown[]): vega.LoggerInterface => {
    complaints.push(said.map((x) => (x instanceof Error ? x.message : String(x))).join(" "));
    return logger;
  };
  const drop = (): vega.LoggerInterface => logger;
  const level = ((_?: number) => (_ === undefined ? vega.Warn : logger)) as vega.LoggerInterface["level"];
  const logger: vega.LoggerInterface = { level, error: keep, warn: keep, info: drop, debug: drop };
  return logger;
}
