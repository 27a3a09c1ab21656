/** The same people on another occasion: each one's first sessions are learned, the last ones asked. */
import { makeFold } from "./make-fold";
import type { Fold } from "./fold";
import { strataOf } from "./strata";
import type { Windows } from "./windows";

export interface SessionOptions {
  /** Of each person's sessions together, or of those of each class, where a session is a trial of one class. */
  readonly of: "subject" | "subject and class";
}

/**
 * One fold: the last 30 % of the sessions (one at least) are tested. Of the others, where there are five or more, the last
 * calibrates and the one before stops; of fewer, the last is held back, for stopping and for calibration in turn.
 *
 * Of ten executions: 5 are learned, 1, 1 and 3; of four trials 2, then 1 for one of both, and 1. No two parts share a session.
 */
export function sessionsInOrder(windows: Windows, { of }: SessionOptions): Fold {
  const parts = { train: [] as number[], stop: [] as number[], calibration: [] as number[], test: [] as number[] };
  let turn = 0;
  for (const sessions of sessionsOf(windows, of)) {
    const tested = Math.max(1, Math.round(0.3 * sessions.length));
    const left = sessions.length - tested;
    if (left < 2)
      throw new Error(
        `sessionsInOrder: expected 3 or more sessions of each ${of}, got ${sessions.length}; record more, or split by subject`,
      );
    parts.test.push(...sessions.slice(left).flat());
    if (left >= 5) {
      parts.calibration.push(...sessions[left - 1]!);
      parts.stop.push(...sessions[left - 2]!);
      parts.train.push(...sessions.slice(0, left - 2).flat());
    } else {
      parts[turn++ % 2 === 0 ? "stop" : "calibration"].push(...sessions[left - 1]!);
      parts.train.push(...sessions.slice(0, left - 1).flat());
    }
  }
  return makeFold(windows, { split: "sessions in order", heldOut: "last sessions" }, parts);
}

/** By subject, or subject and class: the windows of each session, in the order of the recordings. */
function sessionsOf(windows: Windows, of: SessionOptions["of"]): number[][][] {
  const strata = strataOf(windows);
  const found = new Map<string, Map<string, number[]>>();
  windows.segment.forEach((segment, window) => {
    const { subject, session } = windows.segments[segment]!;
    const group = JSON.stringify(of === "subject" ? [subject] : [subject, strata[window]]);
    const sessions = found.get(group) ?? new Map<string, number[]>();
    found.set(group, sessions.set(session, [...(sessions.get(session) ?? []), window]));
  });
  return [...found.values()].map((sessions) => [...sessions.values()]);
}
