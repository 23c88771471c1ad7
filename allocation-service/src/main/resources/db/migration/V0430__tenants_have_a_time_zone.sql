-- By whose days a tenant's calendar goes, append-only: in force is the newest. Without a row, it is UTC.
create table tenant_settings_logs (
    tenant_id  uuid        not null references tenants,
    revision   bigint      not null check (revision > 0),
    time_zone  text        not null check (length(time_zone) between 1 and 64),
    event_id   uuid        not null unique,
    created_by uuid        not null,
    created_at timestamptz not null,
    primary key (tenant_id, revision)
);
comment on column tenant_settings_logs.time_zone is 'A region of the IANA''s time zones, or UTC.';
call make_append_only('tenant_settings_logs', '${app}');
