/** How many rows a correct reader finds in the original Protocol folder (activity other than 0). */
import * as aq from "arquero";
import { rowsPerClass } from "./describe";
import { protocolActivities } from "./pamap2-columns";
import type { Recording } from "./recording";

/** By class, as counted by others than this reader; both tables sum to 1,942,872. */
export const protocolRowsByActivity: Readonly<Record<string, number>> = {
  lying: 192_523,
  sitting: 185_188,
  standing: 189_931,
  walking: 238_761,
  running: 98_199,
  cycling: 164_600,
  "Nordic walking": 188_107,
  "ascending stairs": 117_216,
  "descending stairs": 104_944,
  "vacuum cleaning": 175_353,
  ironing: 238_690,
  "rope jumping": 49_360,
};

export const protocolRowsBySubject: Readonly<Record<string, number>> = {
  101: 249_957,
  102: 263_349,
  103: 174_338,
  104: 231_421,
  105: 272_442,
  106: 250_096,
  107: 232_776,
  108: 262_102,
  109: 6_391,
};

/**
 * For recordings of the whole, original Protocol folder with all twelve classes. A simulated folder has its own counts.
 *
 * @throws naming every class and subject whose rows are more or fewer
 */
export function checkProtocolCounts(recordings: readonly Recording[]): void {
  const rows = rowsPerClass(recordings, "hand");
  const wrong = [
    ...differences(sumBy(rows, "class"), protocolRowsByActivity),
    ...differences(sumBy(rows, "subject"), protocolRowsBySubject),
  ];
  if (wrong.length > 0)
    throw new Error(
      `checkProtocolCounts: expected the ${protocolActivities.length} activities of 9 subjects, got ${wrong.join("; ")}; run: npm run data -- pamap2`,
    );
}

function sumBy(rows: readonly { readonly rows: number }[], key: "class" | "subject"): Map<string, number> {
  if (rows.length === 0) return new Map();
  const sums = aq.from([...rows]).groupby(key).rollup({ rows: aq.op.sum("rows") });
  return new Map((sums.objects() as Record<string, string | number>[]).map((r) => [String(r[key]), Number(r["rows"])]));
}

function differences(found: ReadonlyMap<string, number>, expected: Readonly<Record<string, number>>): string[] {
  return Object.entries(expected)
    .filter(([name, rows]) => found.get(name) !== rows)
    .map(([name, rows]) => `${name} ${found.get(name) ?? 0} rows instead of ${rows}`);
}
