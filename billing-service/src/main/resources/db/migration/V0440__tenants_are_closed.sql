-- When a tenant was closed, for its final statement.
alter table billing_tenants add column closed_at timestamptz;
comment on column billing_tenants.closed_at is 'When the tenant was closed, for ever; null until it is.';
