/** A few rows for each figure of encoders and their training. */
import { encoderCostFigure } from "fusion/dist/figures/encoder-cost";
import { receptiveFieldFigure } from "fusion/dist/figures/receptive-field";
import { stepInfluenceFigure } from "fusion/dist/figures/step-influence";
import { tokenPictureFigure } from "fusion/dist/figures/token-picture";
import { trainingCurvesFigure } from "fusion/dist/figures/training-curves";
import type { Examples } from "./example";

export const encoders: Examples = {
  encoderCostFigure: {
    spec: encoderCostFigure([
      { model: "LSTM 64", batch: 32, way: "PyTorch", ratio: 1.04, ratioLower: 1, ratioUpper: 1.1, target: 1.1 },
      { model: "LSTM 64", batch: 32, way: "stock", ratio: 0.05, ratioLower: 0.04, ratioUpper: 0.06, target: null },
      { model: "CNN", batch: 128, way: "PyTorch", ratio: 0.7, ratioLower: 0.6, ratioUpper: 0.8, target: 0.75 },
    ]),
    empty: () => encoderCostFigure([]),
    said:
      "Time of a training step as a multiple of another library's, below 1 is faster: " +
      "LSTM 64, batch 32, PyTorch 1.04, LSTM 64, batch 32, stock 0.05, CNN, batch 128, PyTorch 0.70.",
    seen: ["LSTM 64", "CNN", "batch 32", "batch 128", "1.04", "0.70", "our time / theirs (1)", "beside", "0.05"],
  },
  receptiveFieldFigure: {
    spec: receptiveFieldFigure([
      { encoder: "conv", token: 0, firstStep: 0, lastStep: 4, seconds: 0.1 },
      { encoder: "conv", token: 1, firstStep: 3, lastStep: 9, seconds: 0.14 },
      { encoder: "transformer", token: 0, firstStep: 0, lastStep: 9, seconds: 0.2 },
    ]),
    empty: () => receptiveFieldFigure([]),
    said:
      "Tokens of each encoder and the steps of the window that they see: conv 2, the middle one sees 7 steps (0.14 s), " +
      "transformer 1, the middle one sees 10 steps (0.20 s).",
    seen: ["conv", "transformer", "the middle token sees 7 steps (0.14 s)", "step of the window", "token"],
  },
  stepInfluenceFigure: {
    spec: stepInfluenceFigure(
      [0.01, 1, 0.5].map((share, i) => ({ encoder: "conv", seconds: i / 2, share })),
    ),
    empty: () => stepInfluenceFigure([]),
    said: "Steps that change a token by 5 % of the largest change or more: conv from 0.50 to 1.00 s.",
    seen: ["conv", "time (s)", "share (1)"],
  },
  tokenPictureFigure: {
    spec: tokenPictureFigure(
      [0, 1].flatMap((token) =>
        [0, 1, 2].map((dim) => ({ encoder: "conv", token, dim, value: dim - token, startSeconds: token, endSeconds: token + 1 })),
      ),
      [0, 1, 2].map((seconds) => ({ seconds, value: 9.81 })),
      "acceleration (m/s²)",
    ),
    empty: () => tokenPictureFigure([], [], "acceleration (m/s²)"),
    said: "One window as tokens: conv 2 tokens of 3 numbers; above them the signal, acceleration (m/s²).",
    seen: ["conv", "number", "time (s)", "acceleration (m/s²)", "largest (1)"],
  },
  trainingCurvesFigure: {
    spec: trainingCurvesFigure(
      [1, 2, 3].flatMap((epoch) => [
        { epoch, part: "train", quantity: "loss", value: 1 / epoch },
        { epoch, part: "stop", quantity: "loss", value: 1.5 / epoch },
        { epoch, part: "stop", quantity: "accuracy", value: 0.3 * epoch },
      ]),
      2,
    ),
    empty: () => trainingCurvesFigure([], 2),
    said:
      "Learning over 3 epochs; weights of epoch 2 are kept, with loss (train) 0.500, loss (stop) 0.750, accuracy (stop) 0.600.",
    seen: ["loss", "accuracy", "train", "stop", "epoch"],
  },
};
