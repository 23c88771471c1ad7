import { BY_SCRIPT, SignedOut } from "./call";

/** What there is, each thing by a text that is another one once the thing has changed. */
export type Standing = Record<string, string>;

/** Longer than a stream that is alive says nothing. */
const SILENCE_MS = 45_000;

/**
 * Reads a stream of hints until it ends, or a single one.
 *
 * @param path with seconds=0 for what there is now alone
 * @param heard is called for each sign of life, with hints if there are some
 * @throws SignedOut if the session is over, anything else if there is no stream
 */
export async function watch(path: string, signal: AbortSignal, heard: (hints: Standing | undefined) => void): Promise<void> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  signal.addEventListener("abort", stop);
  let silence = setTimeout(stop, SILENCE_MS);
  try {
    const response = await fetch(path, { headers: { ...BY_SCRIPT, Accept: "text/event-stream" }, cache: "no-store", redirect: "error", signal: abort.signal });
    if (response.status === 499 || response.status === 401) throw new SignedOut();
    if (!response.ok || !response.body) throw new Error(String(response.status));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const events = new Events();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(stop, SILENCE_MS);
      const data = events.add(value);
      if (!data.length) heard(undefined);
      data.forEach((one) => heard(JSON.parse(one) as Standing));
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", stop);
  }
}

/** Server-sent events (WHATWG HTML, 9.2), of which only the data counts here. */
export class Events {
  private rest = "";
  private data: string[] = [];

  /** The data of each event that ends with this text, which may end anywhere. */
  add(text: string): string[] {
    const lines = (this.rest + text).split(/\r?\n/);
    this.rest = lines.pop() ?? "";
    const ended: string[] = [];
    for (const line of lines) {
      if (line.startsWith("data:")) {
        this.data.push(line.slice(5).replace(/^ /, ""));
      } else if (line === "" && this.data.length) {
        ended.push(this.data.join("\n"));
        this.data = [];
      }
    }
    return ended;
  }
}
