/** What an answer costs: milliseconds a window of every network of the fusion comparisons, from samples to logits. */
import { cpus } from "node:os";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { describeEngine, startEngine, workspace } from "fusion";
import { fitScaler } from "fusion/dist/data/scaler";
import { selectModalities } from "fusion/dist/data/select-modalities";
import type { Windows } from "fusion/dist/data/windows";
import { buildModel } from "fusion/dist/experiments/build-model";
import { experiment } from "fusion/dist/experiments/experiment";
import { type InferenceCost, inferenceFile, type InferenceRow } from "fusion/dist/experiments/inference-cost";
import { foldsOf, openWindows } from "fusion/dist/experiments/open-data";
import type { NetworkPreset } from "fusion/dist/experiments/preset";
import { type NamedPreset, presetsOf } from "fusion/dist/experiments/presets-of";
import { type Predictor, predictor } from "fusion/dist/train/predict";
import { quantile } from "./ratio";

const name = "fusion-pamap2";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      batch: { type: "string", default: "1,64" },
      calls: { type: "string", default: "200" },
      keep: { type: "boolean", default: false },
    },
  });
  const engine = describeEngine(await startEngine());
  const processor = cpus()[0]!.model.trim();
  const windows = await simulatedWindows();
  const chosen = networks().filter(
    ({ presetName }) => !values.only || values.only.split(",").includes(presetName),
  );
  console.log(`an answer, ${engine}, on ${processor}`);
  const rows: InferenceRow[] = [];
  for (const batch of values.batch.split(",").map(Number))
    rows.push(...(await measure(chosen, windows, batch, Math.ceil(Number(values.calls) / Math.sqrt(batch)))));
  if (!values.keep) return;
  const window = Object.fromEntries(
    windows.names.map((modality) => {
      const track = windows.tracks[modality]!;
      return [modality, track.kind === "sequence" ? `${track.time} × ${track.channels.length}` : "vector"];
    }),
  );
  keep(join(workspace.root, "results"), { place: { processor, engine }, window, rows });
}

/** All networks that a comparison on PAMAP2 names, each once. */
function networks(): (NamedPreset & { readonly preset: NetworkPreset })[] {
  const { beside = {} } = experiment(name);
  const own = presetsOf(experiment(name));
  const borrowed = Object.keys(beside).flatMap((other) => presetsOf(experiment(other as typeof name)));
  const published = presetsOf(experiment("fusion-published-pamap2"));
  const all = new Map([...published, ...borrowed, ...own].map((named) => [named.presetName, named]));
  return [...all.values()].flatMap(({ preset, ...named }) =>
    "fusion" in preset ? [{ ...named, preset }] : [],
  );
}

/** Windows of the real shape; their values do not change what an answer costs. */
async function simulatedWindows(): Promise<Windows> {
  const described = { ...experiment(name), data: "pamap2-simulated" as const, secondsPerActivity: 30 };
  const { prepared } = workspace;
  const find = (): never => {
    throw new Error("bench: expected simulated data, which are made");
  };
  return openWindows(described, ["hand", "chest", "ankle", "heart"], { prepared, find });
}

/** Models take turns, since times move over a day; each call is of one batch. */
async function measure(
  chosen: readonly (NamedPreset & { readonly preset: NetworkPreset })[],
  windows: Windows,
  batch: number,
  calls: number,
): Promise<InferenceRow[]> {
  const ready: { presetName: string; parameters: number; ask: Predictor; seen: Windows; times: number[] }[] =
    [];
  for (const { presetName, preset } of chosen) {
    const seen = selectModalities(windows, preset.modalities);
    const [fold] = foldsOf(seen, { split: { kind: "leave-one-subject-out", exclude: [] } });
    const network = buildModel(preset, seen, 4, 1);
    const ask = predictor(network, fitScaler(seen, fold!), batch);
    ready.push({ presetName, parameters: network.countParams(), ask, seen, times: [] });
  }
  const warmUp = 5;
  for (let call = -warmUp; call < calls; call++)
    for (const { ask, seen, times } of ready) {
      const indices = Array.from({ length: batch }, (_, i) => ((call + warmUp) * batch + i) % seen.count);
      const started = performance.now();
      await ask(seen, indices);
      if (call >= 0) times.push((performance.now() - started) / batch);
    }
  return ready.map(({ presetName, parameters, times }): InferenceRow => {
    const mean = times.reduce((a, b) => a + b, 0) / calls;
    const row = {
      ...{ preset: presetName, batch, parameters, calls },
      ...{ p50: quantile(times, 0.5), p95: quantile(times, 0.95), mean },
      deviation: Math.sqrt(times.reduce((sum, t) => sum + (t - mean) ** 2, 0) / (calls - 1)),
    };
    console.log(
      `  ${presetName}, batch ${batch}: ${row.p50.toFixed(2)} ms a window, 95 % within ${row.p95.toFixed(2)} (${calls} calls)`,
    );
    return row;
  });
}

/** In place of rows of the same preset and batch; a file from another processor or engine is begun anew. */
function keep(results: string, made: InferenceCost): void {
  const file = inferenceFile(results);
  const old = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as InferenceCost) : undefined;
  const stays = old && JSON.stringify(old.place) === JSON.stringify(made.place) ? old.rows : [];
  const isNew = ({ preset, batch }: InferenceRow): boolean =>
    made.rows.some((row) => row.preset === preset && row.batch === batch);
  const rounded = made.rows.map((row) => ({
    ...row,
    ...{ p50: micro(row.p50), p95: micro(row.p95), mean: micro(row.mean), deviation: micro(row.deviation) },
  }));
  const rows = [...stays.filter((row) => !isNew(row)), ...rounded];
  rows.sort((a, b) => a.preset.localeCompare(b.preset) || a.batch - b.batch);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...made, rows }, null, 1)}\n`);
  console.log(`kept in ${file}`);
}

/** Nobody's clock is better than a microsecond. */
const micro = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

main().then(
  () => process.exit(0), // an engine's threads must not keep the process
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
