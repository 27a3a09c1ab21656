/** The options of the command line become presets that exist. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { eegAudioPreset, fusionModes } from "fusion/dist/experiments/eeg-audio-presets";
import { NetworkPreset, presets } from "fusion/dist/experiments/preset";

test("without audio EEG alone; with audio concat, or the mode that is named", () => {
  assert.equal(eegAudioPreset({}), "eeg-alone");
  assert.equal(eegAudioPreset({ useAudio: true }), "eeg-audio-concat");
  assert.deepEqual(fusionModes, ["concat", "cross_attention", "gated"]);
  const named = fusionModes.map((fusionMode) => presets[eegAudioPreset({ useAudio: true, fusionMode })]);
  const fused = named.map((preset) => NetworkPreset.parse(preset).fusion);
  assert.deepEqual(fused, ["concat", "attend-others", "gated-projection"]);
});

test("an unknown mode lists the known ones, and a mode without audio says what is missing", () => {
  assert.throws(
    () => eegAudioPreset({ useAudio: true, fusionMode: "sum" }),
    /expected one of \[concat, cross_attention, gated\], got "sum"/,
  );
  assert.throws(() => eegAudioPreset({ fusionMode: "gated" }), /add --use-audio/);
});
