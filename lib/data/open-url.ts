/** A request that follows few redirects, never to a weaker protocol, and gives up where nobody answers. */

export interface OpenUrlOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Until the answer's headers are there. */
  readonly timeoutMilliseconds: number;
}

/** Attempting it again will not help. */
export class Hopeless extends Error {}

const mostRedirects = 5;

/** @throws `Hopeless` on too many redirects, on one from https to http, and as `fetch` does */
export async function openUrl(url: string, options: OpenUrlOptions): Promise<Response> {
  let place = new URL(url);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await answer(place, options);
    const to = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || response.status === 304 || !to) return response;
    await response.body?.cancel();
    const next = new URL(to, place);
    if (!["http:", "https:"].includes(next.protocol) || (place.protocol === "https:" && next.protocol !== "https:"))
      throw new Hopeless(
        `expected a redirect to https, got one from ${place.href} to ${next.href}`,
      );
    place = next;
  }
  throw new Hopeless(
    `expected ${mostRedirects} redirects or fewer, got more`,
  );
}

async function answer(url: URL, { headers, signal, timeoutMilliseconds }: OpenUrlOptions): Promise<Response> {
  const silence = new AbortController();
  const pass = (): void => silence.abort(signal.reason);
  const timer = setTimeout(
    () => silence.abort(new Error(`no answer from ${url.host} in ${timeoutMilliseconds / 1000} s`)),
    timeoutMilliseconds,
  );
  if (signal.aborted) pass();
  signal.addEventListener("abort", pass);
  try {
    return await fetch(url, { headers, signal: silence.signal, redirect: "manual" });
  } finally {
    clearTimeout(timer);
    if (silence.signal.aborted) signal.removeEventListener("abort", pass); // else the body still listens
  }
}
