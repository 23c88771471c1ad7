-- What a tenant is called, for its statements. Earlier versions skipped the event, so it is read once more.
alter table billing_tenants add column name text;
alter table billing_tenants add column named_at timestamptz;
comment on column billing_tenants.name is 'What the tenant is called; null until it was told. Closed statements keep the name of then.';
comment on column billing_tenants.named_at is 'Since when: an older name that comes later is ignored.';
insert into events_to_read_again select 'TenantNamed' where exists (select from billing_tenants) on conflict do nothing;
