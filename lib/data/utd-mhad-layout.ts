/** What the files of UTD-MHAD hold (Chen, Jafari & Kehtarnavaz 2015): actions, joints, channels. */
import type { Channel } from "./recording";

/** Action 1 first. */
export const utdActions = [
  "swipe left",
  "swipe right",
  "wave",
  "clap",
  "throw",
  "arm cross",
  "basketball shoot",
  "draw x",
  "draw circle clockwise",
  "draw circle counter-clockwise",
  "draw triangle",
  "bowling",
  "boxing",
  "baseball swing",
  "tennis swing",
  "arm curl",
  "tennis serve",
  "push",
  "knock",
  "catch",
  "pick up and throw",
  "jog",
  "walk",
  "sit to stand",
  "stand to sit",
  "lunge",
  "squat",
] as const;

/** Of the first Kinect, in the order of the files. */
export const joints = [
  "head",
  "neck",
  "spine",
  "hip",
  "left shoulder",
  "left elbow",
  "left wrist",
  "left hand",
  "right shoulder",
  "right elbow",
  "right wrist",
  "right hand",
  "left hip",
  "left knee",
  "left ankle",
  "left foot",
  "right hip",
  "right knee",
  "right ankle",
  "right foot",
] as const;

const joint = (name: (typeof joints)[number]): number => joints.indexOf(name);

/** For `centredSkeleton`: trunk and arms, which the camera sees whatever is done; legs bend out of its sight. */
export const utdBody = {
  hip: joint("hip"),
  bones: [
    [joint("head"), joint("neck")],
    [joint("neck"), joint("spine")],
    [joint("spine"), joint("hip")],
    [joint("left shoulder"), joint("left elbow")],
    [joint("left elbow"), joint("left wrist")],
    [joint("right shoulder"), joint("right elbow")],
    [joint("right elbow"), joint("right wrist")],
  ],
} as const;

const axes = ["x", "y", "z"] as const;

/** Worn on the right wrist; on the right thigh in actions 22 to 27. */
export const inertialChannels: readonly Channel[] = [
  ...axes.map((axis) => ({ name: `acc_${axis}`, unit: "g" })),
  ...axes.map((axis) => ({ name: `gyro_${axis}`, unit: "°/s" })),
];
export const inertialRateHz = 50;

/** Before the camera: x to its right, y up, z away from it. */
export const skeletonChannels: readonly Channel[] = joints.flatMap((joint) =>
  axes.map((axis) => ({ name: `${joint} ${axis}`, unit: "m" })),
);
export const skeletonRateHz = 30;
