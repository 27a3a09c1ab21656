/** What a worker thread of `readPamap2` runs. */
import { setTimeout as pause } from "node:timers/promises";
import { readPamap2File, type Pamap2Job } from "./pamap2";
import type { Recording } from "./recording";
import { serveJobs } from "./worker-pool";

/**
 * How long a thread is idle before it answers, since with the last answer it is ended. V8 goes on compiling what has just
 * run hot, and Node 20 aborts the whole process where a thread ends meanwhile (`ForIsolate` in node_platform.cc).
 */
const restMilliseconds = 250;

serveJobs<Pamap2Job, Recording>(
  (job) => readPamap2File(job).finally(() => pause(restMilliseconds)),
  ({ modalities }) => {
    const arrays = Object.values(modalities).flatMap(({ seconds, values }) => [seconds, values]);
    return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]; // the IMUs share their clock
  },
);
