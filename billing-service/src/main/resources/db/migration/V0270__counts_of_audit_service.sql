-- What audit-service has counted last of each tenant: see ADR 49.
create table audit_counts (
    tenant_id      uuid        primary key,
    counted_leaves bigint      not null,
    message        json        not null,
    heard_at       timestamptz not null default now()
);
comment on table audit_counts is 'The newest RecordsCounted of audit.counts.v1 of each tenant.';
comment on column audit_counts.counted_leaves is 'A message of more leaves replaces this one.';
grant select, insert, update on audit_counts to ${app};
