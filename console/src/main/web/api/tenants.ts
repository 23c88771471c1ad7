import { get } from "./call";

interface Named {
  tenant_id: string;
  name: string;
}

/** Of so many tenants the names are known; of the others the id is shown. */
const PAGES = 5;

let known: Promise<Map<string, string>> | undefined;

/** The names of tenants, for those who may list them: platform's administrators, finance and auditors. Read once. */
export function tenantNames(): Promise<Map<string, string>> {
  known ??= read();
  return known;
}

async function read(): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const found: { items: Named[]; next_cursor: string | null } = await get(
      `/api/platform/tenants?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
    );
    for (const tenant of found.items) names.set(tenant.tenant_id, tenant.name);
    cursor = found.next_cursor;
    if (!cursor) break;
  }
  return names;
}

/** Tenants whose name has a part, as whoever looks for one finds them. */
export async function tenantsCalled<T extends Named>(text: string, signal: AbortSignal): Promise<(T & { id: string; label: string })[]> {
  const page = await get<{ items: T[] }>(`/api/platform/tenants?q=${encodeURIComponent(text)}`, signal);
  return page.items.map((tenant) => ({ ...tenant, id: tenant.tenant_id, label: tenant.name }));
}
