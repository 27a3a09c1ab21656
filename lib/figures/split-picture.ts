/** Who learns from what: each window's part in a split, over time. */
import type { TopLevelSpec } from "vega-lite";
import { count, distinct } from "./say";
import { colours, frame } from "./theme";

export interface SplitPictureRow {
  readonly split: string;
  readonly subject: string;
  /** "train", "stop", "calibration", "test" or "unused". */
  readonly part: string;
  /** Seconds of this subject's windows laid end to end, so that gaps cost no room; or on the recording's clock. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Windows in the stretch. */
  readonly windows: number;
}

/** A panel for each split, a strip for each subject; neighbouring windows of one part may be one row. */
export function splitPictureFigure(rows: readonly SplitPictureRow[]): TopLevelSpec {
  const [splits, subjects] = [distinct(rows.map((r) => r.split)), distinct(rows.map((r) => r.subject))];
  const parts = ["train", "stop", "calibration", "test", "unused"].filter((part) => rows.some((r) => r.part === part));
  const windows = (split: string, part: string): number =>
    rows.reduce((sum, r) => sum + (r.split === split && r.part === part ? r.windows : 0), 0);
  const said = splits.map((split) => `${split}: ${parts.map((part) => `${part} ${count(windows(split, part))}`).join(", ")}`);
  const { range } = colours(parts);
  return {
    ...frame(`Windows by part. ${said.join("; ")}.`),
    title: { text: "Who learns from what", subtitle: "each strip holds a subject's windows over time" },
    data: { values: [...rows] },
    facet: { row: { field: "split", type: "nominal", sort: splits, title: null, header: { labelAngle: 0, labelAlign: "left" } } },
    spacing: 14,
    spec: {
      width: 480,
      height: { step: 14 },
      mark: { type: "bar", height: { band: 0.78 } },
      encoding: {
        y: { field: "subject", type: "nominal", sort: subjects, title: "subject", axis: { ticks: false, domain: false } },
        x: { field: "startSeconds", type: "quantitative", title: "time of the windows (s)", scale: { nice: false }, axis: { grid: false } },
        x2: { field: "endSeconds" },
        color: {
          field: "part",
          type: "nominal",
          title: null,
          scale: { domain: parts, range: range.map((colour, i) => (parts[i] === "unused" ? "#E4E4E4" : colour)) },
          legend: { orient: "top", symbolType: "square" },
        },
      },
    },
  };
}
