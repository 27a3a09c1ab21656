/** Ways of doing one thing take turns in one run, since times move over a day. */
import { type About, CannotTrain, type Way } from "./way";

export interface Turn {
  readonly way: Way;
  /** It takes the product peak of its library too. */
  readonly peaks: boolean;
  /** At most so long does it warm up. */
  readonly warmUpSeconds: number;
}

export interface Pace {
  readonly rounds: number;
  readonly warmUpSteps: number;
  /** A round takes as many steps as fit, one at least and 20 at most. */
  readonly roundSeconds: number;
}

export interface Taken {
  readonly about: About;
  readonly firstStepSeconds: number;
  readonly warmUpSteps: number;
  readonly stepsARound: number;
  /** A step's, a number for each round. */
  readonly milliseconds: readonly number[];
  readonly processor: readonly number[];
  /** GFLOP/s; empty where it was not asked for. */
  readonly peaks: readonly number[];
  /** Of every step, from the first. */
  readonly losses: readonly number[];
  readonly memory: number | null;
}

/** @returns for each turn what it took, or in words why it cannot take it; stops the ways */
export async function alternate(turns: readonly Turn[], pace: Pace): Promise<(Taken | string)[]> {
  try {
    const runs = [];
    for (const turn of turns) runs.push(await ready(turn, pace)); // one after the other: nothing else runs
    for (let round = 0; round < pace.rounds; round++) for (const run of runs) await run.round();
    return runs.map((run) => run.taken());
  } finally {
    for (const { way } of turns) way.stop();
  }
}

/** Warms up. */
async function ready({ way, peaks: asksPeak, warmUpSeconds }: Turn, pace: Pace) {
  const about = await way.about();
  let first;
  try {
    first = await way.go(1);
  } catch (error) {
    if (!(error instanceof CannotTrain)) throw error;
    return { round: async () => {}, taken: () => error.message };
  }
  const losses = [...first.losses];
  let [spent, last] = [0, Infinity];
  while (losses.length < pace.warmUpSteps && spent < warmUpSeconds * 1000) {
    const room = (warmUpSeconds * 1000 - spent) / last;
    const steps = Math.max(1, Math.min(5, pace.warmUpSteps - losses.length, Math.floor(room)));
    const { milliseconds, losses: more } = await way.go(steps);
    [spent, last] = [spent + milliseconds, milliseconds / steps];
    losses.push(...more);
  }
  const memory = await way.memory(); // before the peak's product adds to it
  const warmUpSteps = losses.length;
  const stepsARound = Math.max(1, Math.min(20, Math.round((pace.roundSeconds * 1000) / last)));
  const [milliseconds, processor, peaks]: number[][] = [[], [], []];
  const round = async (): Promise<void> => {
    const steps = await way.go(stepsARound);
    milliseconds!.push(steps.milliseconds / stepsARound);
    processor!.push(steps.processor / stepsARound);
    losses.push(...steps.losses);
    if (asksPeak) peaks!.push(await way.peak());
  };
  const taken = (): Taken => ({
    ...{ about, firstStepSeconds: first.milliseconds / 1000, warmUpSteps, stepsARound },
    ...{ milliseconds: milliseconds!, processor: processor!, peaks: peaks!, losses, memory },
  });
  return { round, taken };
}
