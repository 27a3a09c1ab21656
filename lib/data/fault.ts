/** Ways in which a sensor fails while it is there: what was done to which, and how much of it. */

export interface Fault {
  readonly kind: FaultKind;
  /** The modality that fails; all others stay as they are. */
  readonly sensor: string;
  /** In the unit of its kind; see `faultKinds`. */
  readonly amount: number;
}

/** What each does, what its amount is and which does nothing, the amounts of a survey, and one of them. Only a loss is known to the receiver. */
export const faultKinds = {
  /** Of every window this share does not arrive, in one block: marked invalid, as lost packets are. */
  loss: { unit: "share of the window", none: 0, amounts: [0.25, 0.5, 0.75], typical: 0.5 },
  /** For the same share of every window the sensor repeats its last value, and nobody is told. */
  stuck: { unit: "share of the window", none: 0, amounts: [0.25, 0.5, 1], typical: 0.5 },
  /** White noise on every channel. */
  noise: { unit: "deviations in training", none: 0, amounts: [0.5, 1, 2], typical: 1 },
  /** Raw values times this, gravity included. */
  gain: { unit: "factor", none: 1, amounts: [0.5, 2], typical: 2 },
  /** Each channel wanders off, up or down, by this much from the first to the last window of a person. */
  drift: { unit: "deviations in training", none: 0, amounts: [1, 2], typical: 2 },
  /** The sensor's clock is late: it shows what was so much earlier, while the others show the present. */
  delay: { unit: "s", none: 0, amounts: [0.1, 0.25, 0.5, 1], typical: 0.5 },
  /** Every channel reads 0 in its own unit: a heart rate of 0, no gravity. */
  zero: { unit: "of all values", none: 0, amounts: [1], typical: 1 },
} as const;

export type FaultKind = keyof typeof faultKinds;

const kinds = Object.keys(faultKinds) as FaultKind[];

/** Every kind and amount for each sensor in turn. */
export const faultSurvey = (sensors: readonly string[]): Fault[] =>
  kinds.flatMap((kind) =>
    faultKinds[kind].amounts.flatMap((amount) => sensors.map((sensor) => ({ kind, sensor, amount }))),
  );

/** Every kind in one amount. */
export const typicalFaults = (sensors: readonly string[]): Fault[] =>
  faultSurvey(sensors).filter(({ kind, amount }) => amount === faultKinds[kind].typical);
