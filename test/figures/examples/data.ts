/** A few rows for each figure of recordings, windows and splits. */
import { channelQuantilesFigure } from "fusion/dist/figures/channel-quantiles";
import { leakAuditFigure } from "fusion/dist/figures/leak-audit";
import { missingOverTimeFigure } from "fusion/dist/figures/missing-over-time";
import { missingnessFigure } from "fusion/dist/figures/missingness";
import { priceOfLeakageFigure } from "fusion/dist/figures/price-of-leakage";
import { samplingIntervalsFigure } from "fusion/dist/figures/sampling-intervals";
import { segmentTimelineFigure } from "fusion/dist/figures/segment-timeline";
import { separabilityFigure } from "fusion/dist/figures/separability";
import { signalsFigure } from "fusion/dist/figures/signals";
import { splitPictureFigure } from "fusion/dist/figures/split-picture";
import { subjectsByActivityFigure } from "fusion/dist/figures/subjects-by-activity";
import { twoThermometersFigure } from "fusion/dist/figures/two-thermometers";
import { windowsLostFigure } from "fusion/dist/figures/windows-lost";
import type { Examples } from "./example";

const quantiles = { p05: -2, p25: -1, p50: 0.5, p75: 1, p95: 2 };

const stretch = { split: "random", subject: "101", startSeconds: 0, endSeconds: 3, windows: 3 };

const means = [
  { split: "random", mean: 0.9, lower: 0.85, upper: 0.95 },
  { split: "leave-one-subject-out", mean: 0.61, lower: 0.5, upper: 0.72 },
];

export const data: Examples = {
  channelQuantilesFigure: {
    spec: channelQuantilesFigure([
      { stage: "before scaling", channel: "hand acc x (m/s²)", subject: "101", ...quantiles },
      { stage: "after scaling", channel: "hand acc x (m/s²)", subject: "101", ...quantiles, p50: 0.25 },
    ]),
    empty: () => channelQuantilesFigure([]),
    said:
      "Median and 5th to 95th percentile: hand acc x (m/s²) before scaling, 101: 0.50 (-2.00 to 2.00), " +
      "hand acc x (m/s²) after scaling, 101: 0.25 (-2.00 to 2.00).",
    seen: ["hand acc x (m/s²)", "hand acc x (m/s²), after scaling", "scaled (1)", "101"],
  },
  leakAuditFigure: {
    spec: leakAuditFigure([
      { split: "random", shares: "samples", windows: 930, testWindows: 940 },
      { split: "leave-one-subject-out", shares: "samples", windows: 0, testWindows: 940 },
    ]),
    empty: () => leakAuditFigure([]),
    said:
      "Share of test windows that have something in common with training. " +
      "random: samples 98.9 %; leave-one-subject-out: samples 0.0 %.",
    seen: ["99 % (930)", "0 % (0)", "random", "leave-one-subject-out", "samples", "test windows (%)"],
  },
  missingOverTimeFigure: {
    spec: missingOverTimeFigure([
      { subject: "0A", sensor: "watch", part: 0, share: 1 },
      { subject: "0A", sensor: "watch", part: 1, share: 0.5 },
      { subject: "0A", sensor: "audio", part: 0, share: 0 },
      { subject: "0A", sensor: "audio", part: 1, share: 0 },
    ]),
    empty: () => missingOverTimeFigure([]),
    said: "What is missing over time, by person: watch in 75 % of a person's time on average, audio in 0 % of a person's time on average.",
    seen: ["When it is missing", "watch", "audio", "0A", "each person's samples in 2 equal parts, from the first to the last"],
  },
  missingnessFigure: {
    spec: missingnessFigure([
      { subject: "101", sensor: "hand", share: 0.0101 },
      { subject: "101", sensor: "heart", share: 0.9 },
      { subject: "102", sensor: "hand", share: 0.0001 },
      { subject: "102", sensor: "heart", share: 1 },
      { subject: "103", sensor: "hand", share: 0 },
    ]),
    empty: () => missingnessFigure([]),
    said:
      "Missing values by sensor and subject, most first: heart of 102 100.0 %, heart of 101 90.0 %, " +
      "hand of 101 1.0 %, hand of 102 under 0.1 %, hand of 103 0.0 %.",
    seen: ["all", "90%", "1.0%", "&lt;0.1%", "0"],
  },
  priceOfLeakageFigure: {
    spec: priceOfLeakageFigure(
      [
        { subject: "101", split: "random", score: 0.88 },
        { subject: "101", split: "leave-one-subject-out", score: 0.6 },
        { subject: "102", split: "random", score: 0.92 },
        { subject: "102", split: "leave-one-subject-out", score: 0.62 },
      ],
      means,
      "macro-F1",
    ),
    empty: () => priceOfLeakageFigure([], means, "macro-F1"),
    said:
      "Mean macro-F1 over 2 held-out subjects with 95 % interval: random 0.900 (0.850 to 0.950), " +
      "leave-one-subject-out 0.610 (0.500 to 0.720).",
    seen: ["0.90", "0.61", "101", "102", "macro-F1 of the held-out subject"],
  },
  samplingIntervalsFigure: {
    spec: samplingIntervalsFigure([
      { sensor: "hand", lowerMilliseconds: 7.5, upperMilliseconds: 12.5, intervals: 1500 },
      { sensor: "hand", lowerMilliseconds: 17.5, upperMilliseconds: 22.5, intervals: 1 },
      { sensor: "heart", lowerMilliseconds: 105, upperMilliseconds: 115, intervals: 90 },
    ]),
    empty: () => samplingIntervalsFigure([]),
    said: "Time between samples: hand most often 7.5 to 12.5 ms (1,500), heart most often 105 to 115 ms (90).",
    seen: ["hand", "heart", "time between samples (ms)", "1k"],
  },
  segmentTimelineFigure: {
    spec: segmentTimelineFigure([
      { subject: "101", activity: "stairs up", startMinutes: 1, endMinutes: 2 },
      { subject: "101", activity: "running", startMinutes: 3, endMinutes: 5 },
      { subject: "102", activity: "running", startMinutes: 3, endMinutes: 5 },
    ]),
    empty: () => segmentTimelineFigure([]),
    said: "3 segments of 2 activities over time; by subject: 101 2, 102 1.",
    seen: ["stairs up", "running", "101", "102", "time on the recording's clock (min)"],
  },
  separabilityFigure: {
    spec: separabilityFigure([
      { sensor: "hand", first: "up", second: "down", told: "none" },
      { sensor: "hand", first: "down", second: "up", told: "none" },
      { sensor: "chest", first: "up", second: "down", told: "weak" },
      { sensor: "chest", first: "down", second: "up", told: "clear" },
    ]),
    empty: () => separabilityFigure([]),
    said: "Pairs of activities that a sensor alone cannot tell apart, by design: hand 2 of 2, chest 0 of 2.",
    seen: ["hand", "chest", "none", "weak", "clear"],
  },
  signalsFigure: {
    spec: signalsFigure(
      [NaN, 1, 2, 3].flatMap((value, i) =>
        ["x", "y"].map((channel) => ({ activity: "up", sensor: "hand", channel, seconds: i / 100, value })),
      ),
      "acceleration (m/s²)",
    ),
    empty: () => signalsFigure([], "acceleration (m/s²)"),
    said: "acceleration (m/s²) of hand during up: 8 samples, of which 2 are missing.",
    seen: ["up", "hand", "acceleration (m/s²)", "time (s)", "x", "y"],
  },
  splitPictureFigure: {
    spec: splitPictureFigure([
      { ...stretch, part: "train" },
      { ...stretch, part: "test", startSeconds: 3, endSeconds: 5, windows: 2 },
      { ...stretch, part: "unused", subject: "102" },
    ]),
    empty: () => splitPictureFigure([]),
    said: "Windows by part. random: train 3, test 2, unused 3.",
    seen: ["train", "test", "unused", "random", "101", "102", "time of the windows (s)"],
  },
  subjectsByActivityFigure: {
    spec: subjectsByActivityFigure([
      { subject: "101", class: "up", seconds: 1234.4, segments: 2 },
      { subject: "101", class: "down", seconds: 80, segments: 1 },
      { subject: "102", class: "up", seconds: 0.01, segments: 1 },
    ]),
    empty: () => subjectsByActivityFigure([]),
    said: "Seconds of 2 activities of 2 subjects, 1,314 s in all; 102 lacks down.",
    seen: ["1,234", "in 2", "80", "&lt;1", "duration (s)"],
  },
  twoThermometersFigure: {
    spec: twoThermometersFigure([{ estimate: "mean", error: 0.71, theory: 0.7 }]),
    empty: () => twoThermometersFigure([]),
    said: "Root mean square error in degrees Celsius: mean 0.71.",
    seen: ["mean", "root mean square error (°C)"],
  },
  windowsLostFigure: {
    spec: windowsLostFigure([
      { processing: "published", asked: "all complete", kept: 4798, lost: 1466 },
      { processing: "corrected", asked: "anything measured", kept: 3013, lost: 0 },
    ]),
    empty: () => windowsLostFigure([]),
    said:
      "Windows lost: published, all complete: 23.4 % of 6,264; corrected, anything measured: 0.0 % of 3,013.",
    seen: ["1,466 of 6,264 (23.4 %)", "0 of 3,013 (0.0 %)", "published", "corrected", "lost", "kept"],
  },
};
