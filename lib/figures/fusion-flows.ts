/** Four ways to fuse three sensors, as boxes and arrows: where sensors meet, and what is learned there. */
import type { Flow, FlowBox } from "./data-flow";

const sensors = ["hand", "chest", "heart"];
const middle = 1;

interface Column {
  /** One for each sensor, or one for all. */
  readonly labels: string | readonly string[];
  readonly kind: string;
  /** Does each box of this column ask all of the last one, or its own alone? */
  readonly asks?: "all";
}

/** Sensors to the left, the answer to the right. */
function wayOf(way: string, columns: readonly Column[]): Flow {
  const all: readonly Column[] = [{ labels: sensors, kind: "sensor" }, ...columns, { labels: "answer", kind: "answer" }];
  const rows = (labels: Column["labels"]): readonly number[] => (typeof labels === "string" ? [middle] : sensors.map((_, row) => row));
  const boxes = all.flatMap(({ labels, kind }, column): FlowBox[] =>
    rows(labels).map((row) => ({ way, label: typeof labels === "string" ? labels : labels[row]!, column, row, kind })),
  );
  const arrows = all.slice(1).flatMap(({ labels, asks }, i) => {
    const [before, after] = [rows(all[i]!.labels), rows(labels)];
    const meets = asks === "all" || before.length !== after.length;
    return before.flatMap((r) => after.filter((s) => meets || r === s).map((s) => ({ way, from: [i, r] as const, to: [i + 1, s] as const })));
  });
  return { boxes, arrows };
}

const encoders: Column = { labels: sensors.map(() => "encoder, mean"), kind: "each sensor alone" };
const tokens: Column = { labels: sensors.map(() => "encoder, tokens"), kind: "each sensor alone" };

const ways = [
  wayOf("early", [encoders, { labels: "side by side", kind: "together" }, { labels: "classifier", kind: "together" }]),
  wayOf("late", [
    encoders,
    { labels: sensors.map(() => "classifier"), kind: "each sensor alone" },
    { labels: "weighted sum", kind: "together" },
  ]),
  wayOf("gated", [
    encoders,
    { labels: sensors.map(() => "gate · vector"), kind: "together", asks: "all" },
    { labels: "classifier", kind: "together" },
  ]),
  wayOf("hybrid", [
    tokens,
    { labels: sensors.map(() => "asks its own"), kind: "each sensor alone" },
    { labels: sensors.map(() => "asks the others"), kind: "together", asks: "all" },
    { labels: "weighted sum", kind: "together" },
    { labels: "classifier", kind: "together" },
  ]),
];

export const fusionFlows: Flow = {
  boxes: ways.flatMap(({ boxes }) => boxes),
  arrows: ways.flatMap(({ arrows }) => arrows),
};
