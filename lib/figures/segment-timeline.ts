/** When each subject did what: segments over the recording's clock, and the gaps between them. */
import type { TopLevelSpec } from "vega-lite";
import { distinct, few } from "./say";
import { colours, frame } from "./theme";

export interface SegmentRow {
  readonly subject: string;
  readonly activity: string;
  readonly startMinutes: number;
  readonly endMinutes: number;
}

export function segmentTimelineFigure(rows: readonly SegmentRow[]): TopLevelSpec {
  const [subjects, activities] = [distinct(rows.map((r) => r.subject)), distinct(rows.map((r) => r.activity))];
  const said = subjects.map((s) => `${s} ${rows.filter((r) => r.subject === s).length}`);
  return {
    ...frame(`${rows.length} segments of ${activities.length} activities over time; by subject: ${few(said)}.`),
    title: { text: "When each subject did what", subtitle: "a bar is a contiguous segment of one activity" },
    width: 560,
    height: { step: 26 },
    data: { values: [...rows] },
    mark: { type: "bar", height: { band: 0.72 }, stroke: "#FFFFFF", strokeWidth: 0.6 },
    encoding: {
      y: { field: "subject", type: "nominal", sort: subjects, title: "subject", axis: { ticks: false, grid: true, gridDash: [1, 3] } },
      x: { field: "startMinutes", type: "quantitative", title: "time on the recording's clock (min)", axis: { grid: false } },
      x2: { field: "endMinutes" },
      color: {
        field: "activity",
        type: "nominal",
        title: null,
        scale: colours(activities),
        legend: { orient: "top", columns: 5, symbolType: "square" },
      },
    },
  };
}
