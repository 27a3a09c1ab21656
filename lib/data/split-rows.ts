/** A split as rows to draw: which windows are in which part, and what the test shares with training. */
import type { Fold, Part } from "./fold";
import { leakAudit } from "./leak-audit";
import { subjectsOf, windowsOfSubject } from "./leave-one-subject-out";
import type { Windows } from "./windows";

export interface SplitRow {
  readonly split: string;
  readonly subject: string;
  readonly part: Part | "unused";
  /** A subject's windows laid side by side, each `strideSeconds` wide, so that gaps in time cost no room. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Neighbouring windows of one part are one row. */
  readonly windows: number;
}

/** @param title what the split is called in the picture; the fold's own word if not given */
export function splitRows(windows: Windows, fold: Fold, title: string = fold.split): SplitRow[] {
  const partOf = new Map<number, Part>();
  for (const part of ["train", "stop", "calibration", "test"] as const) for (const window of fold[part]) partOf.set(window, part);
  return subjectsOf(windows).flatMap((subject) => {
    const runs: { part: SplitRow["part"]; first: number; windows: number }[] = [];
    windowsOfSubject(windows, subject).forEach((window, place) => {
      const part = partOf.get(window) ?? "unused";
      const last = runs.at(-1);
      if (last?.part === part) last.windows++;
      else runs.push({ part, first: place, windows: 1 });
    });
    const { strideSeconds } = windows;
    return runs.map(({ part, first, windows }) => ({
      ...{ split: title, subject, part, windows },
      startSeconds: first * strideSeconds,
      endSeconds: (first + windows) * strideSeconds,
    }));
  });
}

export interface AuditRow {
  readonly split: string;
  readonly shares: "samples" | "segment" | "subject";
  readonly windows: number;
  readonly testWindows: number;
}

/** What the test windows of a split share with training, summed over its folds. */
export function auditRows(windows: Windows, folds: readonly Fold[], title: string = folds[0]!.split): AuditRow[] {
  const audits = folds.map((fold) => leakAudit(windows, fold));
  const sum = (count: (audit: (typeof audits)[number]) => number): number => audits.reduce((total, audit) => total + count(audit), 0);
  return (["samples", "segment", "subject"] as const).map((shares) => ({
    ...{ split: title, shares },
    windows: sum((audit) => audit.train[shares].windows),
    testWindows: sum((audit) => audit.testWindows),
  }));
}
