/** What a worker thread of `readPamap2` runs. */
import { readPamap2File, type Pamap2Job } from "./pamap2";
import type { Recording } from "./recording";
import { serveJobs } from "./worker-pool";

serveJobs<Pamap2Job, Recording>(readPamap2File, ({ modalities }) => {
  const arrays = Object.values(modalities).flatMap(({ seconds, values }) => [seconds, values]);
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]; // the IMUs share their clock
});
