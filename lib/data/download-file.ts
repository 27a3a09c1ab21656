/** One large file over HTTP that arrives whole, however often the connection breaks. */
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Hopeless, openUrl } from "./open-url";

export interface DownloadProgress {
  /** That are on disk. */
  readonly bytes: number;
  /** NaN where the server does not say. */
  readonly total: number;
}

export interface DownloadFileOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** A break, a fresh start, a wait: what a person would like to read. */
  readonly onNote?: (note: string) => void;
  /** Without a byte, until the connection is given up; 60 s unless told. */
  readonly timeoutMilliseconds?: number;
  /** Attempts in a row that bring not one byte; 6 unless told. */
  readonly attempts?: number;
  /** Before the second attempt, doubled each time; 1 s unless told. */
  readonly backOffMilliseconds?: number;
}

/** What lies beside a half file, to ask for the rest of that very version. */
interface Half {
  readonly url: string;
  /** A strong ETag or a date: what If-Range takes. Without one a rest cannot be trusted. */
  readonly version?: string;
}

/** What lies here is of another version; attempting it again from the beginning will help. */
class Stale extends Error {}

/**
 * Leaves `path` complete, or `path`.part and what belongs to it for the next call.
 *
 * A rest is asked for by Range and If-Range; a server that knows neither, or has another version by now, starts afresh.
 *
 * @throws naming what the server did; the caller knows what a person could do about it
 */
export async function downloadFile(url: string, path: string, options: DownloadFileOptions): Promise<void> {
  const { signal, onNote, attempts = 6, backOffMilliseconds = 1000 } = options;
  const part = `${path}.part`;
  let [failures, best] = [0, sizeOf(part)];
  while (!existsSync(path)) {
    try {
      await fetchRest(url, part, options);
      renameSync(part, path);
      rmSync(`${part}.json`, { force: true });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Stale) rmSync(`${part}.json`, { force: true });
      failures = sizeOf(part) > best ? 1 : failures + 1;
      best = Math.max(best, sizeOf(part));
      if (error instanceof Hopeless || failures >= attempts) throw new Error(reason(error), { cause: error });
      const pause = Math.min(60_000, backOffMilliseconds * 2 ** (failures - 1));
      onNote?.(`${reason(error)}; next attempt in ${Math.ceil(pause / 1000)} s`);
      await sleep(pause, undefined, { signal });
    }
  }
}

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

/** `fetch` hides what happened behind "fetch failed" and "terminated". */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return (error instanceof Error ? error.message : String(error)) + cause;
}

async function fetchRest(url: string, part: string, options: DownloadFileOptions): Promise<void> {
  const { onNote, timeoutMilliseconds = 60_000 } = options;
  const stop = new AbortController();
  const pass = (): void => stop.abort(options.signal.reason);
  options.signal.addEventListener("abort", pass);
  let timer: NodeJS.Timeout | undefined;
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(
      () => stop.abort(new Error(`not a byte in ${timeoutMilliseconds / 1000} s`)),
      timeoutMilliseconds,
    );
  };
  try {
    options.signal.throwIfAborted();
    const version = versionOf(url, part);
    const have = version === undefined ? 0 : sizeOf(part);
    const range: Record<string, string> = have > 0 ? { range: `bytes=${have}-`, "if-range": version! } : {};
    const headers = { "accept-encoding": "identity", "user-agent": "fusion-workspace", ...range };
    const response = await openUrl(url, { headers, signal: stop.signal, timeoutMilliseconds });
    const { from, total } = await placeOf(response, have, version);
    if (have > 0 && from === 0) onNote?.("the server does not continue this file; starting afresh");
    alive();
    await append(response, part, { url, from, total, alive, onProgress: options.onProgress });
  } catch (error) {
    throw stop.signal.aborted && !options.signal.aborted ? (stop.signal.reason as Error) : error;
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener("abort", pass);
  }
}

/** Which version the half file is of; undefined where it cannot be continued. */
function versionOf(url: string, part: string): string | undefined {
  if (!existsSync(part) || !existsSync(`${part}.json`)) return undefined;
  const half = parseHalf(readFileSync(`${part}.json`, "utf8"));
  return half?.url === url ? half.version : undefined;
}

function parseHalf(text: string): Half | undefined {
  try {
    return JSON.parse(text) as Half;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // torn while it was written: begin again
    throw error;
  }
}

/** Where the body belongs in the file, and how long the file is. */
async function placeOf(response: Response, have: number, version?: string): Promise<{ from: number; total: number }> {
  const { status, headers } = response;
  const length = headers.has("content-length") ? Number(headers.get("content-length")) : NaN;
  const range = headers.get("content-range") ?? "";
  const type = headers.get("content-type") ?? "";
  const refuse = async (error: Error): Promise<never> => {
    await response.body?.cancel();
    throw error;
  };
  if (status === 200 && !/html/i.test(type)) return { from: 0, total: length };
  if (status === 200) return refuse(new Hopeless(`expected an archive, got a page of type ${type}`));
  if (status === 206) {
    const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? [];
    const isOther = ![undefined, versionIn(headers)].includes(version); // there are servers that do not know If-Range
    if (Number(from) !== have || isOther)
      return refuse(new Stale(`expected the rest from byte ${have} of ${version}, got "${range}" of ${versionIn(headers)}`));
    return { from: have, total: total === "*" ? have + length : Number(total) };
  }
  if (status === 416) {
    if (have > 0 && range === `bytes */${have}`) return { from: have, total: have }; // the half file is the whole
    return refuse(new Stale(`expected byte ${have} to exist, got status 416`));
  }
  const answer = `expected the file, got status ${status} ${response.statusText}`.trim();
  return refuse(status >= 500 || status === 408 || status === 429 ? new Error(answer) : new Hopeless(answer));
}

/** What If-Range takes: a strong ETag, else a date; undefined where the server gives neither. */
function versionIn(headers: Headers): string | undefined {
  const etag = headers.get("etag");
  return etag && !etag.startsWith("W/") ? etag : (headers.get("last-modified") ?? undefined);
}

interface Append {
  readonly url: string;
  readonly from: number;
  readonly total: number;
  readonly alive: () => void;
  readonly onProgress: DownloadFileOptions["onProgress"];
}

async function append(response: Response, part: string, { url, from, total, alive, onProgress }: Append): Promise<void> {
  const version = versionIn(response.headers);
  if (from === 0) {
    writeFileSync(part, ""); // first, so that no old bytes ever stand beside a new version
    writeFileSync(`${part}.json`, JSON.stringify({ url, ...(version === undefined ? {} : { version }) }));
  }
  let bytes = from;
  const file = await open(part, "r+");
  try {
    onProgress?.({ bytes, total });
    if (response.status !== 416)
      for await (const chunk of response.body ?? []) {
        await file.write(chunk as Uint8Array, 0, (chunk as Uint8Array).length, bytes);
        bytes += (chunk as Uint8Array).length;
        alive();
        onProgress?.({ bytes, total });
      }
    await file.sync();
  } finally {
    await file.close();
    if (response.status === 416) await response.body?.cancel();
  }
  if (!Number.isNaN(total) && bytes !== total)
    throw new Error(`expected ${total.toLocaleString("en-US")} bytes, got ${bytes.toLocaleString("en-US")}`);
}
