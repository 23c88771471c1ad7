import type { ReactiveController, ReactiveControllerHost } from "lit";
import { get } from "../api/call";

/** Something that a page reads: what is there already stays while it is read anew. */
export class Query<T> implements ReactiveController {
  data: T | undefined;
  failure: unknown;
  private abort: AbortController | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly path: () => string | undefined,
    private readonly read: (path: string, signal: AbortSignal) => Promise<T> = get<T>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    void this.load();
  }

  hostDisconnected(): void {
    this.abort?.abort();
  }

  async load(): Promise<void> {
    const path = this.path();
    this.abort?.abort();
    if (!path) return;
    const abort = (this.abort = new AbortController());
    try {
      this.data = await this.read(path, abort.signal);
      this.failure = undefined;
    } catch (failure) {
      if (abort.signal.aborted) return;
      this.failure = failure;
    }
    this.host.requestUpdate();
  }
}
