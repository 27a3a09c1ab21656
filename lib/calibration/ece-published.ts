/** The calibration figure as published, whose "ECE" of 0.98 is the mean confidence. */

export interface PublishedCalibration {
  readonly ece: number;
  /** Lower edges. */
  readonly bins: readonly number[];
  readonly accuracyPerBin: readonly number[];
  readonly confidencePerBin: readonly number[];
  readonly samplesPerBin: readonly number[];
}

/**
 * Batches come as (features, labels, presence) and are unpacked as (features, presence, labels): the presence of the
 * sensors, [window, modality], stands where labels should. A comparison of n answers with n × M flags has no shape, which
 * that numpy answered with False, so that every bin has accuracy 0 and Σ n_b / N · |0 − confidence_b| is the mean
 * confidence, whatever the model is worth. Only where n is 1 or M do the shapes fit, and class ids are compared with flags.
 *
 * Bins are [lower, upper), the last closed; an empty one is drawn at its centre with accuracy 0, on the diagonal.
 *
 * @param confidence [window]
 * @param predicted [window], class ids
 * @param presence [window][modality], in the place of labels
 */
export function calibrationPublished(
  confidence: ArrayLike<number>,
  predicted: ArrayLike<number>,
  presence: readonly (readonly number[])[],
  bins = 15,
): PublishedCalibration {
  const edges = Array.from({ length: bins + 1 }, (_, b) => b / bins);
  const all = Array.from(confidence, (_, i) => i);
  const rows = Array.from({ length: bins }, (_, b) => {
    const [lower, upper] = [edges[b]!, edges[b + 1]!];
    const inside = all.filter(
      (i) => confidence[i]! >= lower && (b === bins - 1 ? confidence[i]! <= upper : confidence[i]! < upper),
    );
    if (inside.length === 0) return { accuracy: 0, confidence: (lower + upper) / 2, samples: 0 };
    return {
      accuracy: shareOfEquals(
        inside.map((i) => predicted[i]!),
        inside.map((i) => presence[i]!),
      ),
      confidence: inside.reduce((sum, i) => sum + confidence[i]!, 0) / inside.length,
      samples: inside.length,
    };
  });
  const ece = rows.reduce((sum, row) => sum + Math.abs(row.accuracy - row.confidence) * row.samples, 0);
  return {
    ece: ece / rows.reduce((sum, { samples }) => sum + samples, 0),
    bins: edges.slice(0, -1),
    accuracyPerBin: rows.map(({ accuracy }) => accuracy),
    confidencePerBin: rows.map((row) => row.confidence),
    samplesPerBin: rows.map(({ samples }) => samples),
  };
}

/** mean(answers == flags) by that numpy's broadcasting: [n] against [n, M]. */
function shareOfEquals(answers: readonly number[], flags: readonly (readonly number[])[]): number {
  const modalities = flags[0]!.length;
  if (answers.length !== 1 && answers.length !== modalities) return 0; // False
  const equal = flags.flatMap((row) => row.map((flag, m) => flag === answers[answers.length === 1 ? 0 : m]));
  return equal.filter(Boolean).length / equal.length;
}
