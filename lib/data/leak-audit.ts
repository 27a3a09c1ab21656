/** What a fold's test windows have in common with the windows that made the model. */
import type { Fold, Part } from "./fold";
import { coverage } from "./scaler";
import type { Windows } from "./windows";

export interface Shared {
  readonly windows: number;
  /** Of the test windows. */
  readonly share: number;
}

/** How many test windows have something in common with one part. */
export interface PartAudit {
  /** A sample of any modality: the same place of the same recording. */
  readonly samples: Shared;
  /** A segment: the same stretch of the same activity. */
  readonly segment: Shared;
  readonly subject: Shared;
}

export interface LeakAudit {
  readonly split: string;
  readonly heldOut: string;
  readonly testWindows: number;
  readonly train: PartAudit;
  readonly stop: PartAudit;
  readonly calibration: PartAudit;
  /** Sharing samples with training, stopping or calibration. */
  readonly leaking: Shared;
}

/** Exact: tracks store each sample once, so two windows share one if their ranges in a track meet. */
export function leakAudit(windows: Windows, fold: Fold): LeakAudit {
  const { test } = fold;
  const count = (of: (window: number) => boolean): Shared => {
    const found = test.reduce((sum, window) => sum + (of(window) ? 1 : 0), 0);
    return { windows: found, share: test.length > 0 ? found / test.length : 0 };
  };
  const against = (part: Exclude<Part, "test">): PartAudit => {
    const segments = new Set(Array.from(fold[part], (w) => windows.segment[w]!));
    const subjects = new Set(Array.from(fold[part], (w) => windows.subject[w]!));
    return {
      samples: count(sampleSharing(windows, fold[part])),
      segment: count((w) => segments.has(windows.segment[w]!)),
      subject: count((w) => subjects.has(windows.subject[w]!)),
    };
  };
  const seen = Int32Array.from([...fold.train, ...fold.stop, ...fold.calibration]);
  return {
    split: fold.split,
    heldOut: fold.heldOut,
    testWindows: test.length,
    train: against("train"),
    stop: against("stop"),
    calibration: against("calibration"),
    leaking: count(sampleSharing(windows, seen)),
  };
}

/** Does a window hold a sample that one of `part` holds too? */
function sampleSharing(windows: Windows, part: Int32Array): (window: number) => boolean {
  const tracks = windows.names.map((name) => {
    const track = windows.tracks[name]!;
    const sequence = track.kind === "sequence";
    const rows = sequence ? track.validity.length : track.values.length / track.features.length;
    return { track, time: sequence ? track.time : 1, seen: coverage(track, part, rows) };
  });
  return (window) =>
    tracks.some(({ track, time, seen }) => {
      const at = track.offset[window]!;
      return at >= 0 && seen.subarray(at, at + time).includes(1);
    });
}

/**
 * Throws if test windows share samples with a part that shaped the model, unless the caller says that this is the point.
 * Common segments or subjects are not refused: what they do to a result is for the audit's reader to judge.
 */
export function refuseLeak({ leaking }: Pick<LeakAudit, "leaking">, allowLeak = false): void {
  if (leaking.windows === 0 || allowLeak) return;
  throw new Error(
    `fit: expected folds without common samples, got ${leaking.windows.toLocaleString("en-US")} shared windows; split by subject, or pass allowLeak`,
  );
}
