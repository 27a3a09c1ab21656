/** One look for every figure: colours that colour-blind readers can tell apart, one typeface, quiet axes. */
import type { Config, TopLevelSpec } from "vega-lite";

export const schema = "https://vega.github.io/schema/vega-lite/v5.json";

/** Okabe & Ito (2008), "Color Universal Design"; the yellow is left out, since lines of it vanish on white. */
export const palette = {
  blue: "#0072B2",
  vermilion: "#D55E00",
  green: "#009E73",
  purple: "#CC79A7",
  orange: "#E69F00",
  sky: "#56B4E9",
  black: "#222222",
  grey: "#8A8A8A",
} as const;

const categories = [
  palette.blue,
  palette.vermilion,
  palette.green,
  palette.purple,
  palette.orange,
  palette.sky,
  palette.black,
  palette.grey,
  // four more for the twelve activities, from Tol's "muted" scheme; so many can only be told apart with the legend's help
  "#882255",
  "#999933",
  "#332288",
  "#DDCC77",
];

const known: Readonly<Record<string, string>> = {
  hand: palette.blue,
  chest: palette.vermilion,
  ankle: palette.green,
  heart: palette.purple,
  train: palette.sky,
  stop: palette.orange,
  calibration: palette.purple,
  test: palette.vermilion,
  published: palette.vermilion,
  corrected: palette.blue,
  random: palette.vermilion,
  blocked: palette.orange,
  "whole segments": palette.green,
  "leave-one-subject-out": palette.blue,
  fusion: palette.blue,
  "one sensor": palette.orange,
  "statistics of the window": palette.green,
};

/**
 * A colour scale that gives a name the same colour in every figure: sensors, parts of a split, splits.
 * Names that no other figure uses take the colours that are left, in order, and the last again when none is.
 */
export function colours(names: readonly string[]): { domain: string[]; range: string[] } {
  const domain = [...new Set(names)];
  const taken = new Set(domain.map((name) => known[name]));
  const free = categories.filter((colour) => !taken.has(colour));
  return { domain, range: domain.map((name) => known[name] ?? free.shift() ?? palette.grey) };
}

/** From nearly white to a dark blue, so that black and white text can be read on either half. */
export const shades = ["#F4F8FB", "#C6DDEE", "#86B8DA", "#3F8CC0", "#0A5A96", "#06365C"];

/** Text on a cell of `shades`: white from six tenths of the scale on. `test` is a vega expression. */
export const textOnShade = (test: string): { condition: { test: string; value: string }; value: string } => ({
  condition: { test, value: "#FFFFFF" },
  value: palette.black,
});

const font = "Inter, Helvetica, Arial, sans-serif";

export const theme: Config = {
  font,
  background: "#FFFFFF",
  padding: 8,
  view: { stroke: null },
  title: {
    anchor: "start",
    frame: "group",
    fontSize: 14,
    fontWeight: 600,
    color: palette.black,
    subtitleFontSize: 12,
    subtitleColor: "#555555",
    offset: 10,
  },
  axis: {
    labelFontSize: 11,
    labelColor: "#333333",
    titleFontSize: 12,
    titleFontWeight: 600,
    titleColor: palette.black,
    titlePadding: 8,
    domainColor: "#888888",
    tickColor: "#888888",
    gridColor: "#E6E6E6",
    labelLimit: 240,
  },
  header: {
    labelFontSize: 12,
    labelFontWeight: 600,
    titleFontSize: 12,
    titleFontWeight: 600,
    labelColor: palette.black,
    titleColor: palette.black,
    labelLimit: 240,
  },
  legend: {
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 600,
    labelColor: "#333333",
    titleColor: palette.black,
    symbolStrokeWidth: 2,
    labelLimit: 240,
  },
  range: { category: categories, heatmap: shades, ramp: shades, ordinal: shades },
  text: { fontSize: 11, color: palette.black },
  line: { strokeWidth: 1.8 },
  bar: { color: palette.blue },
  point: { size: 45, filled: true, opacity: 1 },
  rect: { color: palette.blue },
};

/** What every figure starts from. */
export const frame = (description: string): Pick<TopLevelSpec, "$schema" | "description" | "config"> => ({
  $schema: schema,
  description,
  config: theme,
});
