// The one way in which pages ask services.

import { saveBlob } from "../kit/save";

export interface FieldError {
  field: string;
  message: string;
}

/** What a service refuses, RFC 9457. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: { type?: string; title?: string; detail?: string; reason?: string; balance?: number; errors?: FieldError[]; distribution_id?: string; rule?: string; counts?: string; limit?: number; left?: number; resets_on?: string; resets_at?: string },
  ) {
    super(body.detail ?? body.title ?? String(status));
  }

  /** The last part of its type. */
  get slug(): string {
    return this.body.type?.replace("urn:points:problem:", "") ?? "";
  }
}

/** Nobody knows whether what was asked has been done. */
export class Unknown extends Error {
  /** @param reached whether the console answered for a service that did not */
  constructor(
    readonly retryAfterMs: number,
    readonly reached: boolean,
  ) {
    super("unknown");
  }
}

/** The session is over. */
export class SignedOut extends Error {}

export interface Answer<T> {
  status: number;
  body: T;
  location: string | null;
}

export interface Options {
  body?: unknown;
  /** In place of a body. */
  csv?: string;
  /** The revision that was read; another one is refused. */
  revision?: number;
  key?: string;
  prefer?: string;
  signal?: AbortSignal;
  accept?: string;
}

/** All that pages send says that a script sent it, which no other site's page can. */
export const BY_SCRIPT = { "X-Requested-With": "JavaScript" };

/**
 * Asks, and answers what is between 200 and 299.
 *
 * @throws Problem for what is refused, Unknown if no answer came that says whether it was done, SignedOut
 */
export async function call<T>(method: string, path: string, options: Options = {}): Promise<Answer<T>> {
  const response = await send(method, path, options);
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T, location: response.headers.get("Location") };
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call<T>("GET", path, signal ? { signal } : {})).body;
}

/** A document as it was answered, for those who have to know each byte of it. */
export async function getText(path: string, signal: AbortSignal, accept = "application/json"): Promise<string> {
  return (await send("GET", path, { signal, accept })).text();
}

/** A document, saved under a name. */
export async function download(path: string, name: string, accept: string): Promise<void> {
  const response = await send("GET", path, { accept });
  saveBlob(name, await response.blob());
}

async function send(method: string, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { ...BY_SCRIPT, Accept: options.accept ?? "application/json" };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.csv !== undefined) headers["Content-Type"] = "text/csv";
  if (options.revision !== undefined) headers["If-Match"] = `"${options.revision}"`;
  if (options.key) headers["Idempotency-Key"] = options.key;
  if (options.prefer) headers["Prefer"] = options.prefer;
  const body = options.csv ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      redirect: "error",
      ...(body === undefined ? {} : { body }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (failure) {
    if (options.signal?.aborted) throw failure;
    throw new Unknown(2000, false);
  }
  if (response.ok) return response;
  if (response.status === 499 || response.status === 401) {
    window.dispatchEvent(new CustomEvent("points-signed-out"));
    throw new SignedOut();
  }
  if ([502, 503, 504].includes(response.status)) {
    throw new Unknown(1000 * (Number(response.headers.get("Retry-After")) || 2), true);
  }
  throw new Problem(response.status, await response.json().catch(() => ({})));
}
