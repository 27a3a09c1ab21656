/** A random forest: many trees, each of its own draw of the examples, whose answers are averaged (Breiman 2001). */
import { type Random, randomFor } from "../random";
import { binned, type Bins } from "./forest-bins";

export interface ForestExamples {
  /** [example][feature]; no NaN. */
  readonly rows: readonly Float32Array[];
  /** [example] class, 0 to classes - 1. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

export interface ForestOptions {
  readonly trees: number;
  /** Examples that a leaf holds at least. */
  readonly leaf: number;
  readonly seed: number;
}

/** Node after node; a leaf has feature -1 and its place in `shares` as left. */
export interface Tree {
  readonly feature: readonly number[];
  /** A row goes left where its feature is at most this. */
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** [leaf][class]: shares of the examples that fell there. */
  readonly shares: readonly Float64Array[];
}

export interface Forest {
  readonly classes: number;
  readonly trees: readonly Tree[];
}

/**
 * Each tree learns from as many examples as there are, drawn with replacement, and grows until a leaf is pure or as
 * small as allowed. At each node √feature features are drawn, and of their splits the one that leaves the least Gini
 * impurity is taken; where none of them splits, more are drawn. Thresholds are limited to 64 quantiles of a feature.
 */
export function fitForest({ rows, labels, classes }: ForestExamples, options: ForestOptions): Forest {
  const bins = binned(rows);
  const trees = Array.from({ length: options.trees }, (_, number) => {
    const random = randomFor(options.seed, "tree", number);
    const drawn = Int32Array.from({ length: rows.length }, () => random.integer(rows.length));
    return grow(bins, Int32Array.from(labels), classes, drawn, options.leaf, random);
  });
  return { classes, trees };
}

/** Mean of the trees' shares, with one more tree that knows nothing: [class], never 0, so that no answer costs infinitely much. */
export function forestProbabilities({ classes, trees }: Forest, row: Float32Array): Float64Array {
  const sum = new Float64Array(classes).fill(1 / classes);
  for (const { feature, threshold, left, right, shares } of trees) {
    let node = 0;
    while (feature[node]! >= 0) node = row[feature[node]!]! <= threshold[node]! ? left[node]! : right[node]!;
    shares[left[node]!]!.forEach((share, c) => (sum[c]! += share));
  }
  return sum.map((total) => total / (trees.length + 1));
}

/** Numbers that the forest keeps: feature and threshold of each split, shares of each leaf. */
export const forestSize = ({ classes, trees }: Forest): number =>
  trees.reduce(
    (sum, { feature, shares }) =>
      sum + 2 * feature.filter((f) => f >= 0).length + (classes - 1) * shares.length,
    0,
  );

function grow(
  bins: Bins,
  labels: Int32Array,
  classes: number,
  examples: Int32Array,
  leaf: number,
  random: Random,
): Tree {
  const tree = {
    ...{ feature: [] as number[], threshold: [] as number[], left: [] as number[], right: [] as number[] },
    shares: [] as Float64Array[],
  };
  const add = (): number => {
    for (const list of [tree.feature, tree.threshold, tree.left, tree.right]) list.push(-1);
    return tree.feature.length - 1;
  };
  const order = Int32Array.from({ length: bins.features }, (_, f) => f);
  const open: { node: number; from: number; to: number }[] = [{ node: add(), from: 0, to: examples.length }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, from, to } = next;
    const counts = new Float64Array(classes);
    for (let i = from; i < to; i++) counts[labels[examples[i]!]!]!++;
    const pure = counts.some((count) => count === to - from);
    const split = pure
      ? undefined
      : chooseSplit(bins, labels, counts, examples, from, to, leaf, order, random);
    if (!split) {
      tree.left[node] = tree.shares.push(counts.map((count) => count / (to - from))) - 1;
      continue;
    }
    const column = bins.columns[split.feature]!;
    let middle = from;
    for (let i = from; i < to; i++)
      if (column[examples[i]!]! <= split.bin) {
        [examples[i], examples[middle]] = [examples[middle]!, examples[i]!];
        middle++;
      }
    const [left, right] = [add(), add()];
    tree.feature[node] = split.feature;
    tree.threshold[node] = bins.edges[split.feature]![split.bin]!;
    [tree.left[node], tree.right[node]] = [left, right];
    open.push({ node: left, from, to: middle }, { node: right, from: middle, to });
  }
  return tree;
}

interface Split {
  readonly feature: number;
  /** The last bin that goes left. */
  readonly bin: number;
}

/** @param order the features, shuffled a little further each time */
function chooseSplit(
  bins: Bins,
  labels: Int32Array,
  counts: Float64Array,
  examples: Int32Array,
  from: number,
  to: number,
  leaf: number,
  order: Int32Array,
  random: Random,
): Split | undefined {
  const classes = counts.length;
  const wanted = Math.max(1, Math.round(Math.sqrt(bins.features)));
  let best: (Split & { readonly purity: number }) | undefined;
  for (let tried = 0; tried < order.length && (tried < wanted || !best); tried++) {
    const pick = tried + random.integer(order.length - tried);
    [order[tried], order[pick]] = [order[pick]!, order[tried]!];
    const feature = order[tried]!;
    const column = bins.columns[feature]!;
    const size = bins.edges[feature]!.length + 1;
    const table = new Int32Array(size * classes); // [bin, class]
    for (let i = from; i < to; i++) {
      const e = examples[i]!;
      table[column[e]! * classes + labels[e]!]!++;
    }
    const left = new Float64Array(classes);
    let below = 0;
    let last = false; // is the best split so far this feature's at the bin before, empty ones aside?
    for (let bin = 0; bin < size; bin++) {
      let here = 0;
      for (let c = 0; c < classes; c++) {
        const n = table[bin * classes + c]!;
        left[c]! += n;
        here += n;
      }
      if (here === 0) continue;
      if (last) best = { ...best!, bin: (best!.bin + bin - 1) >> 1 }; // in the middle of the gap
      last = false;
      below += here;
      const above = to - from - below;
      if (below < leaf) continue;
      if (above < Math.max(leaf, 1)) break;
      let [a, b] = [0, 0];
      for (let c = 0; c < classes; c++) {
        a += left[c]! ** 2;
        b += (counts[c]! - left[c]!) ** 2;
      }
      const purity = a / below + b / above; // n (1 - Gini), summed: the larger the better
      if (!best || purity > best.purity) [best, last] = [{ feature, bin, purity }, true];
    }
  }
  return best;
}
