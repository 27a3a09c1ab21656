/** The command line of `npm run train`, in people's words: which data, which fusion, which encoder, who is held out. */
import { encoders, type EncoderName } from "../encoders/registry";
import { fusions, type FusionName } from "../fusion/registry";
import type { Profile } from "../workspace";
import { type SourceName, windowSources } from "./data-registry";
import { eegAudioPreset } from "./eeg-audio-presets";
import { amounts } from "./amounts";
import { experiment, type Experiment, experimentNames } from "./experiment";
import type { Plan } from "./plan";
import type { NetworkPreset } from "./preset";
import { presetsOf } from "./presets-of";

/** What is not said is the data set's own. */
export interface TrainWords {
  readonly data?: string | undefined;
  readonly fusion?: string | undefined;
  readonly encoder?: string | undefined;
  readonly protocol?: string | undefined;
  /** "0", or several: "0,1,2". */
  readonly seed?: string | undefined;
  /** "hand,chest": these alone. */
  readonly modalities?: string | undefined;
  readonly epochs?: string | undefined;
  /** Of EEG + audio: EEG alone if not given. */
  readonly useAudio?: boolean | undefined;
  readonly fusionMode?: string | undefined;
}

const encoderAliases: Readonly<Record<string, EncoderName>> = { cnn: "conv" };
const fusionAliases: Readonly<Record<string, FusionName>> = { late: "late-learned" };

const protocols = ["leave-one-subject-out", "subject-groups", "own"] as const;
/** "own": the split of the data set's experiments. */
type Protocol = (typeof protocols)[number];
const protocolAliases: Readonly<Record<string, Protocol>> = {
  loso: "leave-one-subject-out",
  groups: "subject-groups",
};

/** Runs of one preset, under the name "train-<data>". @throws listing the known words where one is not known */
export function planOfWords(words: TrainWords, profile: Profile): Plan {
  const data = dataOf(words);
  const described = describedOf(data);
  const preset = presetOf(words, data, described);
  const amount = amounts[profile];
  const { exclude = [] } = described.split as { readonly exclude?: readonly string[] };
  const secondsPerActivity = amount.secondsPerActivity ?? described.secondsPerActivity;
  const windowsPerSubject = amount.windowsPerSubject ?? described.windowsPerSubject;
  const { activities, window } = described;
  return {
    experiment: `train-${data}`,
    profile,
    problem: {
      data,
      window,
      split: splitOf(words.protocol, [...exclude], described.split),
      ...(activities && { activities }),
      ...(secondsPerActivity !== undefined && { secondsPerActivity }),
      ...(windowsPerSubject !== undefined && { windowsPerSubject }),
    },
    presets: [{ presetName: `${preset.fusion}-${preset.encoder}`, preset: amount.preset(preset) }],
    seeds: seedsOf(words.seed),
    heldOut: amount.heldOut,
  };
}

function dataOf({ data, useAudio, fusionMode }: TrainWords): SourceName {
  const hearing = useAudio === true || fusionMode !== undefined;
  const wish = data ?? (hearing ? "eav-simulated" : "pamap2");
  const name = oneOf("data", wish, Object.keys(windowSources) as SourceName[]);
  if (hearing && !isEegAudio(name))
    throw new Error(
      `npm run train: --use-audio and --fusion-mode: expected EEG + audio, got --data ${name}; use --data eav-simulated, or --fusion`,
    );
  return name;
}

const isEegAudio = (data: SourceName): boolean => data === "eav" || data === "eav-simulated";

/**
 * The first experiment on these data says how they are cut and split, unless it compares splits; recorded EAV is as the
 * simulated one.
 */
function describedOf(data: SourceName): Experiment {
  const alike = data === "eav" ? "eav-simulated" : data;
  const name = experimentNames.find((each) => {
    const { data: of, split } = experiment(each);
    return of === alike && split.kind !== "optimism";
  });
  if (name) return experiment(name);
  const known = [...new Set(experimentNames.map((each) => experiment(each).data))];
  throw new Error(
    `npm run train: --data: expected data of an experiment, [${known.join(", ")}], got "${data}"; describe it in lib/experiments/experiment.ts`,
  );
}

function presetOf(words: TrainWords, data: SourceName, described: Experiment): NetworkPreset {
  const { useAudio, fusionMode } = words;
  const mode = isEegAudio(data) && {
    presets: [
      eegAudioPreset({
        ...(useAudio !== undefined && { useAudio }),
        ...(fusionMode !== undefined && { fusionMode }),
      }),
    ],
  };
  const { modalities, settings } = described;
  const found = presetsOf({ presets: described.presets, modalities, settings, ...mode });
  const base = found.map(({ preset }) => preset).find((preset) => "fusion" in preset)!;
  const epochs = words.epochs === undefined ? base.training.epochs : positive("epochs", words.epochs);
  return {
    ...base,
    ...(words.fusion !== undefined && {
      fusion: oneOf("fusion", words.fusion, Object.keys(fusions) as FusionName[], fusionAliases),
    }),
    ...(words.encoder !== undefined && {
      encoder: oneOf("encoder", words.encoder, Object.keys(encoders) as EncoderName[], encoderAliases),
    }),
    modalities: modalitiesOf(words.modalities, base.modalities),
    training: { ...base.training, epochs },
  };
}

function splitOf(
  protocol: string | undefined,
  exclude: string[],
  own: Experiment["split"],
): Experiment["split"] {
  const kind = oneOf("protocol", protocol ?? "own", protocols, protocolAliases);
  if (kind === "leave-one-subject-out") return { kind, exclude };
  if (kind === "subject-groups") return { kind, exclude, groups: 4 };
  return own;
}

function seedsOf(text = "0"): number[] {
  const seeds = text.split(",").map(Number);
  if (seeds.every((seed) => Number.isInteger(seed) && seed >= 0)) return seeds;
  throw new Error(
    `npm run train: --seed: expected whole numbers such as 0 or 0,1,2, got "${text}"; give one or more`,
  );
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`npm run train: --${option}: expected a whole number above 0, got "${text}"; give one`);
}

/** In the order of the presence axis, whatever the order of the words. */
function modalitiesOf(text: string | undefined, known: readonly string[]): string[] {
  if (text === undefined) return [...known];
  const wanted = text.split(",").map((name) => oneOf("modalities", name, known));
  return known.filter((name) => wanted.includes(name));
}

/** Underscores may stand for hyphens. */
function oneOf<Name extends string>(
  option: string,
  word: string,
  known: readonly Name[],
  aliases: Readonly<Record<string, Name>> = {},
): Name {
  const name = word.replaceAll("_", "-");
  const found = known.find((each) => each === word || each === name) ?? aliases[name];
  if (found !== undefined) return found;
  const also = Object.entries(aliases).map(([alias, meant]) => `${alias} (${meant})`);
  throw new Error(
    `npm run train: --${option}: expected one of [${[...known, ...also].join(", ")}], got "${word}"; choose one of them`,
  );
}
