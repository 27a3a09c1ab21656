/** What is said of windows in which nothing was measured: how often each class came in training, and a warning. */
import type { Batch } from "../data/gather-batch";
import type { Windows } from "../data/windows";
import type { Predictor } from "./predict";

/**
 * log (n_c / n) [class], whose softmax is the frequencies. A class without training windows counts as half a window,
 * so that its logit and the loss of its windows stay finite.
 *
 * @param labels [window]; class ids of the training windows
 */
export function logFrequencies(labels: ArrayLike<number>, classes: number): Float32Array {
  const counts = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]! += 1;
  return Float32Array.from(counts, (count) => Math.log(Math.max(count, 0.5) / labels.length));
}

/**
 * The same predictor, which answers windows without any measured step of any present modality with `prior`: a network's
 * own answer to nothing is finite and means nothing. What is there is judged after `edit`, as the model sees it.
 *
 * @param predict calls `edit` for one batch after the other, each filled up at its end
 * @param prior [class]
 * @param warn told once, at the first call that has such windows
 */
export function answerUnheard(
  predict: Predictor,
  prior: Float32Array,
  warn: (message: string) => void = console.warn,
): Predictor {
  let warned = false;
  const answer = async (
    windows: Windows,
    indices: ArrayLike<number>,
    options: { readonly edit?: (batch: Batch) => void; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Float32Array[] | undefined> => {
    const heard: boolean[] = [];
    const edit = (batch: Batch): void => {
      options.edit?.(batch);
      heard.push(...heardIn(batch, windows.names));
    };
    const rows = await predict(windows, indices, { edit, signal: options.signal });
    if (!rows) return undefined;
    const silent = rows.filter((_, i) => heard[i] === false).length; // of the filling at the end there are no rows
    if (silent > 0 && !warned) {
      warned = true;
      warn(
        `predict: expected a measured step of at least one modality in each window, got none in ${silent} of ${rows.length}; these are answered with the class frequencies of training (said once for each model)`,
      );
    }
    return rows.map((row, i) => (heard[i] === false ? prior.slice() : row));
  };
  return Object.assign(answer as Predictor, { dispose: () => predict.dispose() });
}

/** [window]: is any step of any present modality valid? */
function heardIn({ inputs }: Batch, names: readonly string[]): boolean[] {
  const presence = inputs["presence"]!.values; // [window, modality]
  return Array.from({ length: presence.length / names.length }, (_, window) =>
    names.some((name, m) => {
      if (!presence[window * names.length + m]) return false;
      const { values } = inputs[`${name}_validity`]!;
      const size = (values.length * names.length) / presence.length;
      return values.subarray(window * size, (window + 1) * size).some((valid) => valid > 0);
    }),
  );
}
