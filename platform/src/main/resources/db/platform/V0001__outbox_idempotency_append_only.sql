-- What every service has in common. ${app} is the restricted login of the running service.

-- Messages of committed transactions that Kafka does not have yet. Rows are deleted once it has them.
create table outbox (
    position    bigint generated always as identity primary key,
    event_id    uuid        not null,
    topic       text        not null,
    type        text        not null,
    subject     text        not null,
    occurred_at timestamptz not null,
    tenant_id   uuid        not null,
    actor_id    text,
    actor_role  text,
    traceparent text,
    payload     text        not null,
    created_at  timestamptz not null default now(),
    available_at timestamptz not null default now(),
    set_aside   text
);
comment on column outbox.available_at is 'Not sent before; a row that failed waits a moment, so that it holds up no other.';
comment on column outbox.set_aside is 'Why Kafka will never take this row; such rows wait for an operator.';
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
grant select, insert, update, delete on outbox to ${app};

-- One row per Idempotency-Key: the request it stands for, and what that led to.
create table idempotency_keys (
    scope       text        not null,
    caller      text        not null,
    key         text        not null,
    fingerprint bytea       not null,
    resource    uuid,
    status      smallint,
    answer      text,
    created_at  timestamptz not null default now(),
    primary key (scope, caller, key)
);
create index idempotency_keys_created_at on idempotency_keys (created_at);
comment on table idempotency_keys is 'Kept 30 days at least.';
grant select, insert, update, delete on idempotency_keys to ${app};

-- Append-only tables refuse change even to their owner.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'Table % is append-only: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end $$;

create procedure make_append_only(target regclass, app name) language plpgsql as $$
begin
    execute format('create trigger append_only_rows before update or delete on %s for each row execute function refuse_change()', target);
    execute format('create trigger append_only_table before truncate on %s for each statement execute function refuse_change()', target);
    execute format('revoke all on %s from %I', target, app);
    execute format('grant select, insert on %s to %I', target, app);
end $$;
