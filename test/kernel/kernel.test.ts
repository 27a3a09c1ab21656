import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { checkTslab } from "../../scripts/kernel/check-tslab";
import { type Answer, Session, errorOf, printed } from "./session";

const session = new Session();
after(() => session.end());

/** The answers to cells that are sent at once, of which the caller knows how many there are. */
const run = async (...cells: string[]): Promise<Answer[]> => session.run({ cells });
const statuses = (answers: readonly Answer[]): string[] => answers.map((a) => a.reply.status);

test("a cell is announced with its count, prints, and shows its last value", async () => {
  const [first, second] = await run("console.log('one')", "1 + 1");
  assert.deepEqual(first!.outputs[0], {
    type: "execute_input",
    code: "console.log('one')",
    execution_count: 1,
  });
  assert.deepEqual([printed(first!), printed(second!)], ["one\n", "2\n"]);
  assert.deepEqual([first!.reply.execution_count, second!.reply.execution_count], [1, 2]);
});

test("cells run in the repository's root, with the package fusion in reach and the engine started", async () => {
  const [cell] = await run(`
    import { existsSync } from "node:fs";
    import { workspace } from "fusion";
    import * as tf from "@tensorflow/tfjs";
    console.log(existsSync("package.json"), workspace.root === process.cwd(), tf.getBackend() !== "cpu", tf.scalar(2).square().dataSync()[0]);`);
  assert.equal(printed(cell!), "true true true 4\n");
  assert.equal(errorOf(cell!), undefined);
});

test("a throw is an error message, and the cells sent with it are aborted", async () => {
  const answers = await run("throw new RangeError('no good')", "console.log('never')");
  assert.deepEqual(statuses(answers), ["error", "aborted"]);
  const error = errorOf(answers[0]!)!;
  assert.deepEqual(
    [error.ename, error.evalue, error.traceback],
    ["RangeError", "no good", ["RangeError: no good"]],
  );
  assert.deepEqual(answers[1]!.outputs, []);
});

test("a cell that is sent after the failure was told runs", async () => {
  await run("throw new Error('first')");
  assert.deepEqual(statuses(await run("1")), ["ok"]);
});

test("with stop_on_error off, the cells after a failure run", async () => {
  const answers = await session.run({ cells: ["throw 1", "console.log('goes on')"], stop_on_error: false });
  assert.deepEqual(statuses(answers), ["error", "ok"]);
  assert.equal(printed(answers[1]!), "goes on\n");
});

test("what is thrown after an await is an error, and so is a promise that nobody awaits", async () => {
  for (const cell of ["await Promise.reject(new Error('lost'))", "void Promise.reject(new Error('lost'))"]) {
    const answers = await run(cell, "console.log('never')");
    assert.deepEqual(statuses(answers), ["error", "aborted"], cell);
    assert.equal(errorOf(answers[0]!)!.evalue, "lost");
  }
});

test("a promise that is lost after its cell has ended fails the next cell, which does not run", async () => {
  const [before] = await run("void new Promise((_, no) => setTimeout(() => no(new Error('late')), 20)); 0");
  assert.equal(before!.reply.status, "ok");
  await setTimeout(200);
  const [next] = await run("console.log('not run')");
  assert.equal(errorOf(next!)!.evalue, "late");
  assert.match(
    errorOf(next!)!.traceback!.join("\n"),
    /write `await` before the call \(it came after its cell had ended\)/,
  );
  assert.equal(printed(next!), "");
});

test("an error of the compiler names line, column and reason", async () => {
  const [cell] = await run("const a = 1;\nconst b: string = a;");
  assert.equal(errorOf(cell!)!.evalue, "2:7 - Type 'number' is not assignable to type 'string'.");
  assert.equal(cell!.reply.status, "error");
});

test("an error shows no path of the machine", async () => {
  const [cell] = await run("require('node:fs').readFileSync(process.cwd() + '/lib/nothing')");
  assert.equal(errorOf(cell!)!.evalue, "ENOENT: no such file or directory, open 'lib/nothing'");
  assert.ok(!JSON.stringify(cell).includes(process.cwd()));
});

test("an error names its cause", async () => {
  const [cell] = await run("throw new Error('outer', { cause: new TypeError('inner') } as any)");
  assert.deepEqual(errorOf(cell!)!.traceback, ["Error: outer", "caused by TypeError: inner"]);
});

test("an interrupt stops a synchronous loop", async () => {
  const answers = await session.run({ cells: ["console.log(1); for (;;);", "0"], interrupt_on: "stream" });
  assert.deepEqual(statuses(answers), ["error", "aborted"]);
  assert.equal(errorOf(answers[0]!)!.ename, "Interrupted");
});

test("an interrupt that comes while the cell is compiled is not lost", async () => {
  for (let i = 0; i < 5; i++) {
    const cells = [
      `import { workspace } from "fusion";\nconst compiled${i}: string = workspace.profile;\nfor (;;);`,
    ];
    const [cell] = await session.run({ cells, interrupt_on: "execute_input" });
    assert.equal(errorOf(cell!)!.ename, "Interrupted");
  }
});

test("an interrupt lets a loop that looks at the signal end, and keeps what it has", async () => {
  const loop = `import { interruptSignal } from "fusion";
    const stop = interruptSignal();
    let turns = 0;
    await new Promise((next) => setTimeout(next, 50));
    console.log("begins");
    while (!stop.aborted) await new Promise((next) => setTimeout(next, 5, turns++));
    const kept = turns;`;
  const answers = await session.run({ cells: [loop, "0"], interrupt_on: "stream" });
  assert.deepEqual(statuses(answers), ["error", "aborted"]);
  const [later] = await run(
    "import { interruptSignal } from 'fusion'; console.log(kept === turns, interruptSignal().aborted)",
  );
  assert.equal(printed(later!), "true false\n");
});

test("an interrupt ends a cell whose loop ignores it, and says that the loop may go on", async () => {
  const loop =
    "const pause = () => new Promise((next) => setTimeout(next, 5));\nawait pause(); console.log(1);\nfor (;;) await pause();";
  const [cell] = await session.run({ cells: [loop], interrupt_on: "stream" });
  assert.match(errorOf(cell!)!.evalue!, /may go on unseen; restart the kernel/);
});

test("a loop that prints loses no line", async () => {
  const [cell] = await run("for (let i = 0; i < 20_000; i++) console.log(i)");
  assert.equal(printed(cell!), Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join(""));
});

test("standard output and error keep their order, and no colours", async () => {
  const [cell] = await run("console.log({ a: 1 }); console.error('b'); console.log('c')");
  const streams = cell!.outputs.filter((o) => o.type === "stream").map((o) => o.text);
  assert.deepEqual(streams, ["{ a: 1 }\n", "b\n", "c\n"]);
});

test("the kernel refuses a tslab that it does not know, and says what to do", () => {
  checkTslab("1.0.22");
  assert.throws(() => checkTslab("1.0.23"), {
    message: "kernel: expected tslab 1.0.22, got 1.0.23; run: npm install --save-exact tslab@1.0.22",
  });
});

test("a kernel survives a newer build, and keeps what it has imported", async () => {
  const folder = "build/kernel-test";
  const write = (name: string, text: string): void => writeFileSync(`${folder}/${name}`, text);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  write("part.js", "exports.part = 'old';");
  write("part.d.ts", "export declare const part: string;");
  const [first] = await run(`import { part } from "./${folder}/part"; console.log(part)`);
  assert.equal(printed(first!), "old\n");
  write("part.ts", "export const part = 'new';"); // found before part.d.ts where somebody looks anew
  await setTimeout(3000); // a watcher that polls would notice by now
  const [next] = await run("console.log(part)");
  assert.equal(printed(next!), "old\n", errorOf(next!)?.evalue);
});

test("a kernel ends when its Jupyter is killed", async () => {
  const other = new Session();
  const [cell] = await other.run({ cells: ["console.log(process.pid)"] });
  const pid = Number(printed(cell!));
  await other.kill();
  const isAlive = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  for (let waited = 0; isAlive() && waited < 20; waited++) await setTimeout(500);
  assert.equal(isAlive(), false);
});

test("a kernel whose engine is missing says so in the cell", async () => {
  const other = new Session({ FUSION_ENGINE: "nonsense" });
  const [cell] = await other.run({ cells: ["1"] });
  await other.end();
  assert.match(errorOf(cell!)!.evalue!, /^startEngine: .*nonsense/);
});
