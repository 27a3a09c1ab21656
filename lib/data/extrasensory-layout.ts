/** What the columns of ExtraSensory's files are: a time, features of each sensor, labels, and where these came from. */

/** Sensor, as the part of a column's name before the first colon → how many features it has; in the files' order of sensors. */
export const extraSensoryFeatures = {
  raw_acc: 26,
  proc_gyro: 26,
  raw_magnet: 31,
  watch_acceleration: 46,
  watch_heading: 9,
  location: 11,
  location_quick_features: 6,
  audio_naive: 26,
  audio_properties: 2,
  discrete: 34,
  lf_measurements: 8,
} as const;

export type ExtraSensorySensor = keyof typeof extraSensoryFeatures;

/** As the files name them, in their order. */
export const extraSensoryLabels = (
  "LYING_DOWN SITTING FIX_walking FIX_running BICYCLING SLEEPING LAB_WORK IN_CLASS IN_A_MEETING LOC_main_workplace " +
  "OR_indoors OR_outside IN_A_CAR ON_A_BUS DRIVE_-_I_M_THE_DRIVER DRIVE_-_I_M_A_PASSENGER LOC_home FIX_restaurant " +
  "PHONE_IN_POCKET OR_exercise COOKING SHOPPING STROLLING DRINKING__ALCOHOL_ BATHING_-_SHOWER CLEANING DOING_LAUNDRY " +
  "WASHING_DISHES WATCHING_TV SURFING_THE_INTERNET AT_A_PARTY AT_A_BAR LOC_beach SINGING TALKING COMPUTER_WORK EATING " +
  "TOILET GROOMING DRESSING AT_THE_GYM STAIRS_-_GOING_UP STAIRS_-_GOING_DOWN ELEVATOR OR_standing AT_SCHOOL " +
  "PHONE_IN_HAND PHONE_IN_BAG PHONE_ON_TABLE WITH_CO-WORKERS WITH_FRIENDS"
).split(" ");

/** Label → what it is called here: of these six a person does one at a time. */
export const extraSensoryMainActivities = {
  LYING_DOWN: "lying",
  SITTING: "sitting",
  OR_standing: "standing",
  FIX_walking: "walking",
  FIX_running: "running",
  BICYCLING: "bicycling",
} as const;

/**
 * The place among `extraSensoryMainActivities` of the one that was said to be done; undefined where none was, or more than one.
 *
 * @param target one number for each of `extraSensoryLabels`
 */
export function mainActivity(target: readonly number[]): number | undefined {
  const done = places.flatMap((at, activity) => (target[at] === 1 ? [activity] : []));
  return done.length === 1 ? done[0] : undefined;
}

const places = Object.keys(extraSensoryMainActivities).map((label) => extraSensoryLabels.indexOf(label));
