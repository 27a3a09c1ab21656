/**
 * tslab's kernel with the part of Jupyter's protocol that it lacks: errors, counts, aborted cells, lost promises.
 * https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */
import { setImmediate, setTimeout } from "node:timers/promises";
import * as ts from "@tslab/typescript-for-tslab";
import { type ConverterSet, type Executor, createExecutor } from "tslab/dist/executor";
import { createConverter } from "tslab/dist/converter";
import { JupyterHandlerImpl, ZmqServer } from "tslab/dist/jupyter";
import * as jupyter from "tslab/dist/jupyter";
import { versions } from "tslab";
import { startEngine } from "fusion/dist/engine/start";
import { CellRun } from "./cell-run";
import type { Failure } from "./failure";
import { OutputBuffer } from "./output-buffer";
import { PreparedConverter } from "./prepared-converter";

type Message = Parameters<ZmqServer["handleKernelInfo"]>[1];
type Socket = ZmqServer["shell"];

interface ExecuteRequest {
  readonly code: string;
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
}

/** How long the shell must be silent before whatever was sent with a failed cell has surely arrived. */
const quietMilliseconds = 50;

class Handler extends JupyterHandlerImpl {
  override handleKernel(): ReturnType<JupyterHandlerImpl["handleKernel"]> {
    const info = super.handleKernel();
    return { ...info, language_info: { ...info.language_info, version: versions.typescript } };
  }
}

class Kernel extends ZmqServer {
  /** Requests are answered one after the other, as Jupyter expects. */
  private queue: Promise<void> = Promise.resolve();
  private arrived = 0;
  private turn = 0;
  /** Cells up to this turn were sent together with one that failed. */
  private abortedTurn = 0;
  private count = 0;

  constructor(
    executor: Executor,
    connectionFile: string,
    private readonly cells: CellRun,
  ) {
    super(new Handler(executor, false), connectionFile);
  }

  override async handleShellMessage(socket: Socket, ...frames: Buffer[]): Promise<void> {
    if (socket === this.control) return super.handleShellMessage(socket, ...frames);
    const turn = ++this.arrived;
    const answer = async (): Promise<void> => {
      this.turn = turn;
      await super.handleShellMessage(socket, ...frames);
    };
    this.queue = this.queue.then(answer).catch((error: unknown) => this.cells.log(error));
    return this.queue;
  }

  override async handleExecute(socket: Socket, request: Message): Promise<void> {
    const reply = (content: object): void => this.send(socket, request, "execute_reply", content);
    const {
      code,
      silent = false,
      store_history = true,
      stop_on_error = true,
    } = request.content as ExecuteRequest;
    if (this.turn <= this.abortedTurn) return reply({ status: "aborted" });
    if (!silent && store_history) this.count++;
    const execution_count = this.count;
    const publish = (type: string, content: object): void => {
      if (!silent) this.send(this.iopub, request, type, content);
    };
    publish("execute_input", { code, execution_count });
    const printed = new OutputBuffer((name, text) => publish("stream", { name, text }));
    const failure = await this.cells.run(code, {
      stream: (name, text) => printed.add(name, text),
      display: (data, update) => {
        printed.flush();
        publish(update ? "update_display_data" : "display_data", data);
      },
    });
    printed.flush();
    if (!failure) return reply({ status: "ok", execution_count, user_expressions: {}, payload: [] });
    publish("error", failure);
    if (stop_on_error) await this.abortWhatWaits();
    reply({ status: "error", execution_count, ...(failure satisfies Failure) });
  }

  /** Called before the failure is told, so that nothing which is sent after it is ever dropped. */
  private async abortWhatWaits(): Promise<void> {
    let seen: number;
    do {
      seen = this.arrived;
      await setTimeout(quietMilliseconds);
    } while (this.arrived !== seen);
    this.abortedTurn = seen;
  }

  override handleCommInfoRequest(socket: Socket, request: Message): void {
    this.send(socket, request, "comm_info_reply", { status: "ok", comms: {} });
  }

  private send(socket: Socket | ZmqServer["iopub"], request: Message, type: string, content: object): void {
    const message = request.createReply();
    message.header.msg_type = type;
    message.content = content;
    message.signAndSend(this.connInfo.key, socket);
  }

  override close(): void {
    super.close();
    // a loop that goes on must not keep a kernel alive that Jupyter has ended
    void setImmediate().then(() => process.exit(0));
  }
}

/** Answers Jupyter at once; the first cell waits for the engine. */
export function startKernel(connectionFile: string): void {
  // a build that is renewed under a running kernel would break its next cell; a restart is needed to see it anyway
  ts.sys.watchFile = ts.sys.watchDirectory = () => ({ close: () => undefined });
  const node = new PreparedConverter(createConverter({ isJS: false, isBrowser: false }));
  const converters: ConverterSet = {
    node,
    get browser(): never {
      throw new Error(
        "kernel: expected a cell for Node, got one in mode browser; remove the line with @browser",
      );
    },
    close: () => node.close(),
  };
  const engine = startEngine();
  engine.catch(() => undefined); // told in every cell
  const cells = new CellRun(
    (report) => createExecutor(process.cwd(), converters, { log: console.log, error: report }),
    node,
    (display) => Object.assign(jupyter, { lastWriteDisplayData: display }),
    engine,
  );
  const kernel = new Kernel(cells.executor, connectionFile, cells);
  process.on("SIGINT", () => cells.interrupt());
  process.on("unhandledRejection", (reason) =>
    cells.lose(reason, "a promise that nobody awaits was rejected: write `await` before the call"),
  );
  process.on("uncaughtException", (error) =>
    cells.lose(error, "thrown in a callback, after or beside the cell's own code"),
  );
  endWithParent();
  kernel.init().then(
    () => (kernel.iopub.sendHighWaterMark = 0), // drop nothing, however slow the reader
    (error: unknown) => {
      cells.log(error);
      process.exit(1);
    },
  );
}

/** A kernel whose Jupyter was killed would wait for ever, with all its memory. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.exit(0), 1000).unref();
}
