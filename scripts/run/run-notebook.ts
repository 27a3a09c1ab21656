/** Runs one notebook headless (scripts/run_notebook.py) and says how it went. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { EngineIdentity, Profile } from "fusion";
import { listNotebooks, readNotebook } from "./notebook";
import { type NotebookRun, hashCells } from "./record";

export interface RunPlace {
  /** The repository, where `.venv` and the kernel are. */
  readonly root: string;
  /** Where the notebooks are; read only. */
  readonly notebooks: string;
  /** Where everything is written. */
  readonly build: string;
  readonly profile: Profile;
  readonly engine: EngineIdentity;
}

type Event = { cell: number; of: number; note: string } | { error: NotebookRun["error"] };

/**
 * Executes `<notebooks>/<name>.ipynb` into `<build>/notebooks/<name>.ipynb` and `.html`.
 *
 * @param progress called as each cell begins, and with the line that a long cell draws over and over
 * @throws where Python itself fails; a cell that fails is in the returned record
 */
export async function runNotebook(
  place: RunPlace,
  name: string,
  progress: (cell: number, of: number, note: string) => void,
): Promise<NotebookRun> {
  const { root, notebooks, build, profile, engine } = place;
  const folder = join(build, "notebooks");
  mkdirSync(folder, { recursive: true });
  const source = join(notebooks, `${name}.ipynb`);
  const target = (type: string): string => join(folder, `${name}.${type}`);
  const task = {
    ...{ source, title: name, executed: target("ipynb"), page: target("html"), log: target("log") },
    metadata: { engine, profile },
  };
  const before = figureTimes(build);
  const started = performance.now();
  const child = spawn(
    join(root, ".venv", "bin", "python"),
    [join(root, "scripts", "run_notebook.py"), JSON.stringify(task)],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        JUPYTER_PATH: join(root, ".jupyter"),
        JUPYTER_PLATFORM_DIRS: "1",
        FUSION_BUILD: build,
        FUSION_PROFILE: profile,
        FUSION_FRESH: "1", // the question is whether the numbers come out again
      },
    },
  );
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  let cells = 0;
  let error: NotebookRun["error"] | undefined;
  for await (const line of createInterface(child.stdout)) {
    const event = JSON.parse(line) as Event;
    if ("error" in event) error = event.error;
    else progress(event.cell, (cells = event.of), event.note);
  }
  const code = await ended;
  if (error === undefined)
    throw new Error(
      `run ${name}: Python ended with ${code} before it told the outcome; is set-up complete? npm run setup\n${complaint.trim()}`,
    );
  const after = figureTimes(build);
  return {
    name,
    cellsHash: hashCells(readNotebook(source)),
    cells,
    seconds: Math.round((performance.now() - started) / 100) / 10,
    figures: [...after.keys()].filter((figure) => after.get(figure) !== before.get(figure)).sort(),
    error,
  };
}

/** Figure -> when it was written; a notebook's figures are those that its run has written. */
function figureTimes(build: string): Map<string, number> {
  const folder = join(build, "figures");
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder).filter((file) => file.endsWith(".vl.json"));
  return new Map(
    files.map((file) => [file.replace(/\.vl\.json$/, ""), statSync(join(folder, file)).mtimeMs]),
  );
}

/**
 * The notebooks that `--only` asks for by the beginning of their names; all without it.
 *
 * @throws where a beginning fits none
 */
export function chooseNotebooks(folder: string, only: readonly string[]): string[] {
  const names = listNotebooks(folder);
  for (const wish of only)
    if (!names.some((name) => name.startsWith(wish)))
      throw new Error(
        `npm start: --only: expected the beginning of ${names.join(", ")}, got "${wish}"; for example --only ${names[0]?.slice(0, 2)}`,
      );
  return only.length === 0 ? names : names.filter((name) => only.some((wish) => name.startsWith(wish)));
}
