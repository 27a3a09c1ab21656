/** The cells of a matrix: a shade for each number, and the number written into it. */
import { shades, textOnShade } from "./theme";

export interface Shade {
  readonly field: string;
  /** Of the legend, with its unit. */
  readonly title: string;
  /** The number of the darkest shade; 1 and percent where the field is a share. */
  readonly largest?: number;
  readonly legendLength?: number;
  /** Width of the white line between cells. Default 2. */
  readonly line?: number;
}

/** A layer of shaded cells, from 0 to the largest number. */
export function shadedCells({ field, title, largest, legendLength = 120, line = 2 }: Shade) {
  const share = largest === undefined;
  return {
    mark: { type: "rect", stroke: "#FFFFFF", strokeWidth: line },
    encoding: {
      color: {
        field,
        type: "quantitative",
        title,
        scale: { domain: [0, share ? 1 : largest || 1], range: shades },
        legend: share
          ? { format: "%", tickCount: 3, gradientLength: legendLength }
          : { tickCount: 4, gradientLength: legendLength },
      },
    },
  } as const;
}

/** A layer of numbers, white on the dark cells. @param dark Vega expression: is the cell a dark one? */
export const cellNumbers = (field: string, format: string, dark: string, fontSize?: number) =>
  ({
    mark: { type: "text", ...(fontSize !== undefined && { fontSize }) },
    encoding: { text: { field, type: "quantitative", format }, color: textOnShade(dark) },
  }) as const;
