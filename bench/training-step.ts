/** Training steps of encoders: ours compiled against stock TensorFlow.js and PyTorch, one thread each, in turns. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { alternate, type Pace, type Taken, type Turn } from "./alternate";
import type { BenchModel } from "./model";
import { modelNamed, models } from "./models";
import { defaultMalloc, keepRows, type Refusal, type Row, rowsOf } from "./rows";
import { say, sayTable } from "./say-rows";
import { tensorFlowWay } from "./tensorflow-way";
import { findTorch, torchWay, tunedMalloc } from "./torch";

const file = "results/bench/encoders.json";

/** Every way of training the model, ours first. The slow ones warm up for a moment only. */
function turnsOf(model: BenchModel, batch: number, engine: Row["engine"], quick: boolean): Turn[] {
  const [long, short] = quick ? [2, 0.5] : [6, 2];
  const order = { model: model.name, batch, engine };
  if (engine === "wasm")
    return [
      turn(tensorFlowWay("ours, WASM", { ...order, layers: "ours", plain: false }), true, short),
      turn(tensorFlowWay("stock, WASM", { ...order, layers: "stock", plain: true }), false, short),
    ];
  const turns = [
    turn(tensorFlowWay("ours, compiled", { ...order, layers: "ours", plain: false }), true, long),
  ];
  if (!model.oursIsStock && batch === 32)
    turns.push(
      turn(
        tensorFlowWay("stock layers, compiled", { ...order, layers: "stock", plain: false }),
        false,
        short,
      ),
    );
  turns.push(turn(tensorFlowWay("stock, eager", { ...order, layers: "stock", plain: true }), false, short));
  if (python)
    turns.push(
      turn(torchWay(defaultMalloc, python, model, batch), true, long),
      turn(torchWay("PyTorch, tuned malloc", python, model, batch, tunedMalloc), false, long),
    );
  return turns;
}

const turn = (way: Turn["way"], peaks: boolean, warmUpSeconds: number): Turn => ({
  way,
  peaks,
  warmUpSeconds,
});
let python: string | undefined;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: models.map(({ name }) => name).join() },
      batch: { type: "string", default: "32,128" },
      engine: { type: "string", default: "native,wasm" },
      rounds: { type: "string" },
      quick: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
    },
  });
  const { quick, keep } = values;
  const pace: Pace = quick
    ? { rounds: Number(values.rounds ?? 3), warmUpSteps: 10, roundSeconds: 0.1 }
    : { rounds: Number(values.rounds ?? 9), warmUpSteps: 40, roundSeconds: 0.3 };
  const engines = values.engine.split(",") as Row["engine"][];
  const chosen = values.only.split(",").map(modelNamed);
  const processor = cpus()[0]!.model.trim();
  console.log(`training steps, one thread each, on ${processor}`);
  if (engines.includes("native")) python = findTorch();
  const all: Row[] = [];
  const libraries: Record<string, string> = {};
  for (const model of chosen)
    for (const engine of engines)
      for (const batch of engine === "wasm" ? [32] : values.batch.split(",").map(Number)) {
        if (engine === "wasm" && !model.wasm) continue;
        const turns = turnsOf(model, batch, engine, quick);
        const answers = await alternate(turns, pace);
        if (typeof answers[0] === "string") {
          console.error(
            `\n${model.name}, batch ${batch}: ${turns[0]!.way.name} cannot train it: ${answers[0]}`,
          );
          process.exitCode = 1;
          continue;
        }
        const taken = new Map<string, Taken>();
        const refusals: Refusal[] = [];
        answers.forEach((answer, i) => {
          const { name: way } = turns[i]!.way;
          if (typeof answer === "string")
            refusals.push({ model: model.name, batch, engine, way, says: answer });
          else {
            taken.set(way, answer);
            libraries[way] = answer.about.library;
          }
        });
        const rows = rowsOf(model, batch, engine, taken);
        say(model, rows, refusals);
        all.push(...rows);
        if (keep) keepRows(file, { processor, libraries }, rows, refusals); // at once: an interrupted run keeps what it has
      }
  sayTable(all);
  if (keep) console.log(`kept in ${file}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
