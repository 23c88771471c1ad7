create table idempotency_keys (
    caller      uuid  not null,
    key         text  not null,
    fingerprint bytea not null,
    answer      text,
    created_at  timestamptz not null default now(),
    primary key (caller, key)
);
create table pools (
    tenant_id  uuid primary key,
    balance    bigint not null check (balance >= 0),
    version    bigint not null,
    audit_size bigint not null default 0,
    audit_hash bytea  not null default '\x'
);
create table wallets (
    tenant_id    uuid,
    user_id      uuid,
    balance      bigint not null check (balance >= 0),
    entry_number bigint not null,
    primary key (tenant_id, user_id)
);
create table distributions (
    id           uuid primary key,
    tenant_id    uuid   not null,
    from_user_id uuid   not null,
    to_user_id   uuid   not null,
    amount       bigint not null check (amount > 0),
    description  text,
    created_at   timestamptz not null default now()
);
create index on distributions (tenant_id, created_at desc);
create table pool_ledger (
    tenant_id       uuid,
    version         bigint,
    amount          bigint not null,
    balance_after   bigint not null,
    distribution_id uuid not null,
    created_at      timestamptz not null default now(),
    primary key (tenant_id, version)
);
create table wallet_ledger (
    tenant_id       uuid,
    user_id         uuid,
    entry_number    bigint,
    amount          bigint not null,
    balance_after   bigint not null,
    distribution_id uuid not null,
    created_at      timestamptz not null default now(),
    primary key (tenant_id, user_id, entry_number)
);
create table feed (
    id              bigint generated always as identity primary key,
    tenant_id       uuid   not null,
    user_id         uuid   not null,
    amount          bigint not null,
    distribution_id uuid   not null,
    created_at      timestamptz not null default now()
);
create index on feed (tenant_id, user_id, id desc);
create table outbox (
    id         bigint generated always as identity primary key,
    tenant_id  uuid not null,
    type       text not null,
    payload    text not null,
    created_at timestamptz not null default now()
);
create table audit_log (
    tenant_id  uuid,
    number     bigint,
    type       text  not null,
    data       text  not null,
    hash       bytea not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, number)
);
