-- What is to be done here for the closing of a tenant, and how far it is.
create table tenant_closings (
    closing_id     uuid primary key,
    tenant_id      uuid        not null,
    stage          text        not null check (stage in ('recalling', 'waiting', 'emptying', 'done', 'called_off')),
    earned_until   date        not null,
    earned_then    text        not null check (earned_then in ('credit', 'expire')),
    reached        uuid        not null default '00000000-0000-0000-0000-000000000000',
    recalled       bigint      not null default 0 check (recalled >= 0),
    emptied        bigint      not null default 0 check (emptied >= 0),
    requested_by   uuid        not null,
    requested_role text        not null,
    traceparent    text,
    heard_at       timestamptz not null
);
comment on column tenant_closings.reached is 'The member up to whom this stage has come.';
comment on column tenant_closings.recalled is 'Points that budgets gave back for it.';
comment on column tenant_closings.emptied is 'Earned points that have lapsed or gone back to the pool for it.';
create index tenant_closings_open on tenant_closings (tenant_id) where stage in ('recalling', 'waiting', 'emptying');
grant select, insert, update on tenant_closings to ${app};
