import { BY_SCRIPT } from "./call";

export type Role = "platform-admin" | "manager" | "lead" | "employee" | "finance" | "auditor";

export interface Session {
  user: { id: string; username: string; name: string | null; email: string | null };
  roles: Role[];
  tenant_id: string | null;
}

let current: Session | undefined;

/** Who is signed in; undefined if nobody is. */
export async function load(): Promise<Session | undefined> {
  const response = await fetch("/bff/session", { headers: BY_SCRIPT });
  const told = (await response.json()) as { authenticated: boolean } & Session;
  current = told.authenticated ? told : undefined;
  return current;
}

/** Who was signed in when the page was loaded. */
export function session(): Session {
  if (!current) throw new Error("nobody is signed in");
  return current;
}

export function has(...roles: Role[]): boolean {
  return roles.some((role) => current?.roles.includes(role));
}

/** Goes away to sign in, and comes back to this page. */
export function signIn(): void {
  location.assign(`/bff/login?to=${encodeURIComponent(location.pathname + location.search)}`);
}
