import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { openWorkspace, workspace } from "fusion/dist/workspace";

test("without orders, a run is of profile standard and writes into build/lab", () => {
  const { profile, build, figures, results, keptResults } = openWorkspace("/here", {});
  assert.deepEqual([profile, build], ["standard", "/here/build/lab"]);
  assert.deepEqual(
    [figures, results, keptResults],
    ["/here/build/lab/figures", "/here/build/lab/results", "/here/results"],
  );
});

test("FUSION_BUILD is taken from the root, FUSION_PROFILE by its name", () => {
  const own = openWorkspace("/here", { FUSION_BUILD: "build/ci", FUSION_PROFILE: "tiny" });
  assert.deepEqual([own.build, own.profile], ["/here/build/ci", "tiny"]);
  assert.equal(openWorkspace("/here", { FUSION_BUILD: "/there" }).figures, "/there/figures");
});

test("another profile is refused", () => {
  assert.throws(() => openWorkspace("/here", { FUSION_PROFILE: "huge" }), {
    message:
      'workspace: expected the profile tiny, standard, full, got "huge"; set FUSION_PROFILE or --profile',
  });
});

test("the workspace of this process is this repository", () => {
  assert.equal(join(workspace.root, "package.json"), join(process.cwd(), "package.json"));
});
