import { type Files, type Progress, Unreadable, verify } from "./run";
import type { Verdict } from "./verification";

/** What a worker tells its page. */
export type Told = { progress: Progress } | { verdict: Verdict } | { failure: string; unreadable: boolean };

/** Where this file is. A page starts a worker with it; by itself it does nothing there. */
export const url = import.meta.url;

if (!("document" in globalThis)) {
  const tell = (told: Told) => self.postMessage(told);
  self.onmessage = async ({ data }: MessageEvent<Files>) => {
    try {
      tell({ verdict: await verify(data, (progress) => tell({ progress }), () => false) });
    } catch (failure) {
      tell({ failure: (failure as Error).message, unreadable: failure instanceof Unreadable });
    }
  };
}
