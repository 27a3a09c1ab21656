/** A few rows for each figure of attention. */
import { attentionByClassFigure } from "fusion/dist/figures/attention-by-class";
import { attentionMapFigure } from "fusion/dist/figures/attention-map";
import { attentionOverSignalFigure } from "fusion/dist/figures/attention-over-signal";
import { crossModalMatrixFigure } from "fusion/dist/figures/cross-modal-matrix";
import { maskPictureFigure } from "fusion/dist/figures/mask-picture";
import { oneKeyFigure } from "fusion/dist/figures/one-key";
import type { Examples } from "./example";

export const attention: Examples = {
  attentionByClassFigure: {
    spec: attentionByClassFigure(
      [
        { class: "up", key: "hand", weight: 0.25 },
        { class: "up", key: "chest", weight: 0.75 },
        { class: "down", key: "hand", weight: 0.625 },
        { class: "down", key: "chest", weight: 0.375 },
      ],
      "key modality",
    ),
    empty: () => attentionByClassFigure([], "key modality"),
    said: "Mean attention weight by class; each looks most at: up chest (0.75), down hand (0.63).",
    seen: ["up", "down", "hand", "chest", "0.25", "0.75", "key modality", "class", "weight (1)"],
  },
  attentionMapFigure: {
    spec: attentionMapFigure(
      ["head 1", "head 2"].flatMap((head, h) =>
        ["a", "b"].flatMap((query, q) =>
          [0.5, 1, 1.5].map((key, k) => ({ head, query, key, weight: [0.5, 0.3, 0.2][(h + q + k) % 3]!, truth: k === q })),
        ),
      ),
      { query: "hand token", key: "chest token (s)" },
    ),
    empty: () => attentionMapFigure([], { query: "hand token", key: "chest token (s)" }),
    said: "Attention weights of 2 queries over 3 keys; largest: head 1 0.50 from a to 0.5, head 2 0.50 from a to 1.5.",
    seen: ["head 1", "head 2", "a", "b", "1.5", "0.50", "0.30", "hand token", "chest token (s)", "weight (1)"],
  },
  attentionOverSignalFigure: {
    spec: attentionOverSignalFigure(
      ["hand", "chest"].flatMap((sensor) => [0, 0.5, 1].map((seconds) => ({ sensor, seconds, value: seconds ** 2 }))),
      [
        { sensor: "chest", startSeconds: 0, endSeconds: 0.5, weight: 0.2 },
        { sensor: "chest", startSeconds: 0.5, endSeconds: 1, weight: 0.8 },
      ],
      "acceleration (m/s²)",
      [{ sensor: "chest", startSeconds: 0.5, endSeconds: 1 }],
    ),
    empty: () => attentionOverSignalFigure([], [], "acceleration (m/s²)"),
    said:
      "Largest attention weights: none at hand, 0.80 at chest from 0.50 to 1.00 s; " +
      "the answer lies at chest 0.50 to 1.00 s; acceleration (m/s²) as a line.",
    seen: ["hand", "chest", "acceleration (m/s²)", "time (s)", "weight (1)"],
  },
  crossModalMatrixFigure: {
    spec: crossModalMatrixFigure([
      { query: "hand", key: "hand", share: 0.25, class: "up" },
      { query: "hand", key: "chest", share: 0.75, class: "up" },
      { query: "chest", key: "hand", share: NaN, class: "up" },
      { query: "hand", key: "hand", share: 1, class: "down" },
    ]),
    empty: () => crossModalMatrixFigure([]),
    said:
      "Attention from modality to modality, largest shares first: " +
      "hand to hand during down 100.0 %, hand to chest during up 75.0 %, hand to hand during up 25.0 %.",
    seen: ["up", "down", "hand", "chest", "25%", "75%", "100%", "who", "looks at", "share of a row (%)"],
  },
  maskPictureFigure: {
    spec: maskPictureFigure(
      ["MCA", "Zorro"].flatMap((mask) =>
        [0, 1].flatMap((row) =>
          [0, 1].map((column) => ({
            ...{ mask, row, column, query: `t${row}`, key: `t${column}` },
            allowed: row === column || mask === "Zorro",
          })),
        ),
      ),
    ),
    empty: () => maskPictureFigure([]),
    said: "Pairs of tokens that may look: MCA 2 of 4, Zorro 4 of 4.",
    seen: ["Who may look at whom", "MCA", "Zorro", "t0", "t1", "may look", "answers"],
  },
  oneKeyFigure: {
    spec: oneKeyFigure(
      [
        { keys: "one vector", window: "first", key: 0, weight: 1 },
        { keys: "tokens", window: "first", key: 0, weight: 0.125 },
        { keys: "tokens", window: "first", key: 1, weight: 0.875 },
      ],
      "key of the chest",
    ),
    empty: () => oneKeyFigure([], "key of the chest"),
    said: "Attention weights of 1 windows, by number of keys: one vector, 1: 1.00 to 1.00; tokens, 2: 0.13 to 0.88.",
    seen: ["one vector", "tokens", "first", "1.00", "key of the chest", "window", "weight (1)"],
  },
};
