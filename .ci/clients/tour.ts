// README's tour, by the clients that openapi-typescript and openapi-fetch make of docs/openapi: node tour.js TOKENS A D B U
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import createClient from "openapi-fetch";
import type { paths as Allocation } from "./generated/allocation.js";
import type { paths as Audit } from "./generated/audit.js";
import type { paths as Billing } from "./generated/billing.js";
import type { paths as Distribution } from "./generated/distribution.js";

const TRITON = "550e8400-e29b-41d4-a716-446655440000";
const [tokenFile, allocationUrl, distributionUrl, billingUrl, auditUrl] = process.argv.slice(2) as [string, string, string, string, string];
const tokens: Record<string, string> = JSON.parse(readFileSync(tokenFile, "utf8"));
const as = (user: string) => ({ Authorization: `Bearer ${tokens[user]}` });
const key = () => ({ "Idempotency-Key": randomUUID() });
const month = new Date().toISOString().slice(0, 7);

const allocation = createClient<Allocation>({ baseUrl: allocationUrl });
const distribution = createClient<Distribution>({ baseUrl: distributionUrl });
const billing = createClient<Billing>({ baseUrl: billingUrl });
const audit = createClient<Audit>({ baseUrl: auditUrl });

/** What a call answered; fails, with the problem, if it did not answer as it should. */
function good<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  assert.ok(answer.data !== undefined, `${answer.response.status} of ${answer.response.url}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

/** A refusal, told by its type. */
function refused(answer: { error?: { type: string }; response: Response }, type: string) {
  assert.equal(answer.error?.type, `urn:points:problem:${type}`, `${answer.response.status} of ${answer.response.url}`);
}

async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise((next) => setTimeout(next, 250));
  }
  throw new Error(`not within a minute: ${what}`);
}

const registered = await allocation.POST("/api/platform/tenants", {
  headers: as("admin"),
  params: { header: key() },
  body: { tenant_id: TRITON, name: "Triton Energy", currency: "INR", price_per_point: "1.00" },
});
if (registered.response.status !== 201) refused(registered, "tenant-exists");

const allocated = good(
  await allocation.POST("/api/platform/allocations/allocate", {
    headers: as("admin"),
    params: { header: key() },
    body: { tenant_id: TRITON, amount: 50_000, currency: "INR", reference_note: "Invoice #123" },
  }),
);
assert.equal(allocated.amount, 50_000);

const employee = randomUUID();
const enrolled = good(
  await until("the tenant is known", async () => {
    const answer = await distribution.PUT("/api/members/{user_id}", {
      headers: as("triton-manager"),
      params: { path: { user_id: employee } },
      body: { role: "employee" },
    });
    return answer.response.status === 200 ? answer : undefined;
  }),
);
assert.equal(enrolled.role, "employee");

const award = good(
  await distribution.POST("/api/allocations/award-points", {
    headers: as("triton-manager"),
    params: { header: { ...key(), Prefer: "wait=20" } },
    body: { to_user_id: employee, amount: 1_000, description: "Outstanding Q1 performance" },
  }),
);
assert.ok("state" in award && award.state === "COMPLETED", JSON.stringify(award));
const distributionId = award.distribution_id;

const batch = good(
  await distribution.POST("/api/allocations/award-points/batch", {
    headers: as("triton-manager"),
    params: { header: { ...key(), Prefer: "wait=20" } },
    body: { mode: "all_or_nothing", description: "Year-end", receivers: [{ to_user_id: employee, amount: 10 }] },
  }),
);
assert.ok("state" in batch && batch.state === "COMPLETED", JSON.stringify(batch));

const fromCsv = good(
  await distribution.POST("/api/allocations/award-points/batch/csv", {
    headers: { ...as("triton-manager"), "Content-Type": "text/csv" },
    params: { header: { ...key(), Prefer: "wait=20" }, query: { mode: "each" } },
    body: `to_user_id,amount,description\n${employee},5,Thanks\n`,
    bodySerializer: (csv) => csv,
  }),
);
assert.ok("state" in fromCsv && fromCsv.state === "COMPLETED", JSON.stringify(fromCsv));

const wallet = await until("the batches' points have arrived", async () => {
  const found = good(
    await distribution.GET("/api/wallets/{user_id}", { headers: as("triton-manager"), params: { path: { user_id: employee } } }),
  );
  return found.earned.balance === 1_015 ? found : undefined;
});
assert.equal(wallet.budget.balance, 0);

const entries = await until("the allocation is billed", async () => {
  const page = good(await billing.GET("/api/billing/entries", { headers: as("finance"), params: { query: { tenant_id: TRITON } } }));
  return page.items.some((entry) => entry.points === 50_000) ? page : undefined;
});
assert.ok(entries.items.length > 0);

const statement = good(
  await billing.GET("/api/billing/statements/{tenant_id}/{period}", {
    headers: as("finance"),
    params: { path: { tenant_id: TRITON, period: month } },
  }),
);
assert.ok(typeof statement !== "string" && statement.tenant_id === TRITON, JSON.stringify(statement));

const journal: string = good(
  await billing.GET("/api/billing/journal/{period}.csv", {
    headers: as("finance"),
    params: { path: { period: month } },
    parseAs: "text",
  }),
);
assert.ok(journal.includes(TRITON), journal.slice(0, 200));

const checkpoint = await until("the award is sealed", async () => {
  const proof = await audit.GET("/api/audit/checkpoints/latest", { headers: as("auditor"), params: { query: { tenant_id: TRITON } } });
  return proof.response.status === 404 ? undefined : good(proof);
});
assert.ok(checkpoint.note.includes(TRITON));

const event = await until("the award is recorded", async () => {
  const page = good(
    await audit.GET("/api/audit/records", { headers: as("auditor"), params: { query: { tenant_id: TRITON, type: "PointsAwarded" } } }),
  );
  return page.items.find((record) => record.subject === distributionId);
});
const proof = await until("the award is proved", async () => {
  const answer = await audit.GET("/api/audit/proofs/inclusion", {
    headers: as("auditor"),
    params: { query: { event_id: event.event_id } },
  });
  return answer.data;
});
assert.equal(proof.event_id, event.event_id);

const lines: string = good(
  await audit.GET("/api/audit/export", {
    headers: as("auditor"),
    params: { query: { tenant_id: TRITON } },
    parseAs: "text",
  }),
);
assert.ok(lines.trimEnd().split("\n").every((line) => typeof JSON.parse(line) === "object"));

// Five refusals.
refused(
  await distribution.POST("/api/allocations/award-points", {
    headers: as("triton-manager"),
    params: { header: key() },
    body: { to_user_id: employee, amount: 999_999_999, description: "Too much" },
  }),
  "insufficient-pool-balance",
);
refused(
  await distribution.POST("/api/allocations/award-points", {
    headers: as("triton-manager"),
    params: { header: key() },
    body: { to_user_id: randomUUID(), amount: 1, description: "Nobody" },
  }),
  "receiver-not-eligible",
);
refused(
  await allocation.POST("/api/platform/allocations/allocate", {
    headers: as("admin"),
    params: { header: key() },
    body: { tenant_id: TRITON, amount: 1, currency: "USD", reference_note: "Another currency" },
  }),
  "currency-mismatch",
);
refused(await billing.GET("/api/billing/entries", { headers: as("triton-manager") }), "forbidden");
refused(
  await distribution.GET("/api/allocations/distributions/{id}", {
    headers: as("triton-manager"),
    params: { path: { id: randomUUID() } },
  }),
  "not-found",
);
console.log("the tour is over");
