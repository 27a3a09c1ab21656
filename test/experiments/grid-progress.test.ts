/** What a grid says of itself while it works. */
import assert from "node:assert/strict";
import test from "node:test";
import type { Progress } from "fusion/dist/train/progress";
import { clock, followGrid, gridLine, type GridProgress } from "fusion/dist/experiments/grid-progress";

const work = ["a", "b", "c"].map((key) => ({ key, title: `run ${key}`, weight: 1 }));
const at = (epoch: number, batch: number): Progress =>
  ({ epoch, epochs: 10, batch, batches: 100 }) as Progress;

/** A grid of three runs beside a finished one, on a clock of seconds that the test sets. */
function grid() {
  const told: GridProgress[] = [];
  const time = { seconds: 0 };
  const follow = followGrid(
    work,
    4,
    { update: (progress) => told.push(progress), clear: () => {} },
    () => 1000 * time.seconds,
  );
  return { follow, time, last: () => told.at(-1)! };
}

test("no time is promised from the first batches, when a process has hardly started", () => {
  const { follow, time, last } = grid();
  follow.began(work[0]!);
  time.seconds = 20;
  follow.trained("a", at(1, 1));
  assert.equal(last().secondsLeft, undefined);
  assert.doesNotMatch(gridLine(last()), /left/);
});

test("after an epoch the rate so far tells what is left, and after a run that run's", () => {
  const { follow, time, last } = grid();
  follow.began(work[0]!);
  time.seconds = 30;
  follow.trained("a", at(2, 0));
  assert.ok(Math.abs(last().secondsLeft! - (2.9 / 0.1) * 30) < 1e-9);
  time.seconds = 100;
  follow.ended(work[0]!);
  assert.ok(Math.abs(last().secondsLeft! - 200) < 1e-9);
  assert.equal(gridLine(last(), 6), "runs 2/4 ▕██    ▏ 3:20 left");
});

test("a failed run is work that is over, and is counted apart", () => {
  const { follow, time, last } = grid();
  follow.began(work[1]!);
  time.seconds = 50;
  follow.ended(work[1]!, new Error("torn"));
  assert.deepEqual([last().done, last().failed, last().secondsLeft], [1, 1, 100]);
});

test("a time is read as a clock", () => {
  assert.deepEqual([41, 725, 11_220].map(clock), ["0:41", "12:05", "3:07:00"]);
});
