-- The feed of somebody who is concerned by little of it, and whoever sees what everybody sees.
drop index concurrently if exists feed_by_audience;
create index concurrently feed_by_audience on feed (tenant_id, audience, id desc);

-- Of each tenant the oldest batch that waits.
drop index concurrently if exists batches_waiting_by_tenant;
create index concurrently batches_waiting_by_tenant on batches (mode, tenant_id, id) where waiting;
