-- Tenants take turns: of each the oldest batch that waits is looked at, those first whose turn was longest ago.
alter table batches add column begun_at timestamptz;
comment on column batches.begun_at is 'When lines of it were begun last; null if none were.';
create index batches_waiting_by_tenant on batches (mode, tenant_id, id) where waiting;

-- The feed of somebody who is concerned by little of it, and whoever sees what everybody sees.
create index feed_by_audience on feed (tenant_id, audience, id desc);
