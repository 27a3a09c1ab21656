/** Where a notebook or a script may write and how much work it does: the one place that reads the environment. */
import { isAbsolute, join } from "node:path";

const profiles = ["tiny", "standard", "full"] as const;

/** tiny takes seconds a notebook, standard is what `npm start` runs and `npm run accept` keeps, full is for results. */
export type Profile = (typeof profiles)[number];

export interface Workspace {
  /** The folder with package.json; notebooks run in it. */
  readonly root: string;
  readonly profile: Profile;
  /** What this run writes goes below here; git ignores it. */
  readonly build: string;
  readonly figures: string;
  /** The results of this run, made afresh. */
  readonly results: string;
  /** The results that are in git, those on real data among them; read, never written. */
  readonly keptResults: string;
}

/**
 * @param environment FUSION_BUILD: a folder, from the root if relative, `build/lab` unless told;
 *   FUSION_PROFILE: tiny, standard (unless told) or full
 * @throws on another profile
 */
export function openWorkspace(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Workspace {
  const folder = environment["FUSION_BUILD"] || join("build", "lab");
  const build = isAbsolute(folder) ? folder : join(root, folder);
  return {
    root,
    profile: checkProfile(environment["FUSION_PROFILE"] || "standard"),
    build,
    figures: join(build, "figures"),
    results: join(build, "results"),
    keptResults: join(root, "results"),
  };
}

/** @throws unless it names a profile */
export function checkProfile(name: string): Profile {
  const profile = profiles.find((known) => known === name);
  if (profile) return profile;
  throw new Error(
    `workspace: expected the profile ${profiles.join(", ")}, got "${name}"; set FUSION_PROFILE or --profile`,
  );
}

/** The workspace of this process. */
export const workspace: Workspace = openWorkspace(join(__dirname, "..", ".."), process.env);
