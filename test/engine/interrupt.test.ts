import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetInterrupt, interrupt, interruptSignal } from "fusion/dist/engine/interrupt";

test("an interrupt reaches what runs, stays with it, and spares what begins later", () => {
  const running = interruptSignal();
  assert.equal(running.aborted, false);
  interrupt();
  assert.equal(running.aborted, true);
  forgetInterrupt();
  assert.equal(running.aborted, true, "an earlier loop stays stopped");
  assert.equal(interruptSignal().aborted, false);
});

test("a loop of one cell is not stopped by an interrupt of the next", () => {
  const earlier = interruptSignal();
  forgetInterrupt();
  interrupt();
  assert.equal(earlier.aborted, false);
});
