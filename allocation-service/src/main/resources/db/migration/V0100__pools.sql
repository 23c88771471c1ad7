-- Tenants and their pools. Amounts and balances are points.
create table tenants (
    id                        uuid primary key,
    name                      text        not null,
    status                    text        not null check (status in ('active', 'suspended')),
    revision                  bigint      not null,
    currency                  char(3)     not null,
    price_per_point           numeric(19, 8) not null check (price_per_point >= 0),
    points_allocation_balance bigint      not null default 0,
    pool_version              bigint      not null default 0,
    allocated                 bigint      not null default 0,
    clawed_back               bigint      not null default 0,
    debited                   bigint      not null default 0,
    credited                  bigint      not null default 0,
    delegated                 bigint      not null default 0,
    returned                  bigint      not null default 0,
    created_at                timestamptz not null,
    constraint positive_allocation_balance check (points_allocation_balance >= 0),
    constraint balance_is_the_sum_of_its_movements
        check (points_allocation_balance = allocated - clawed_back - debited + credited + returned)
);
comment on column tenants.pool_version is 'Number of the newest pool_ledger entry; 0 if there is none.';
comment on column tenants.debited is 'Sum of all debits for distributions, whatever became of them.';
comment on column tenants.credited is 'Sum of all cancelled and refunded debits.';
comment on column tenants.delegated is 'Sum of the debits for delegations that stand; the most that can ever be returned.';
comment on column tenants.returned is 'Sum of the budgets returned to the pool.';
grant select, insert, update on tenants to ${app};

create table tenant_logs (
    tenant_id  uuid        not null references tenants,
    revision   bigint      not null,
    status     text        not null,
    reason     text,
    event_id   uuid        not null unique,
    created_by uuid        not null,
    created_at timestamptz not null,
    primary key (tenant_id, revision)
);
call make_append_only('tenant_logs', '${app}');

create table allocation_logs (
    id              uuid primary key,
    tenant_id       uuid        not null references tenants,
    kind            text        not null check (kind in ('allocation', 'clawback')),
    amount          bigint      not null check (amount between 1 and 1000000000000),
    currency        char(3)     not null,
    price_per_point numeric(19, 8) not null,
    reference_note  text,
    reason          text,
    balance_after   bigint      not null check (balance_after >= 0),
    pool_version    bigint      not null,
    event_id        uuid        not null unique,
    created_by      uuid        not null,
    created_at      timestamptz not null,
    unique (tenant_id, pool_version),
    constraint clawback_has_a_reason check (kind <> 'clawback' or reason is not null)
);
create index allocation_logs_by_tenant on allocation_logs (tenant_id, id desc);
call make_append_only('allocation_logs', '${app}');

create table pool_ledger (
    tenant_id    uuid        not null references tenants,
    entry_number bigint      not null check (entry_number > 0),
    kind         text        not null check (kind in ('allocation', 'clawback', 'debit', 'cancel', 'refund', 'return')),
    amount       bigint      not null check (amount <> 0),
    balance_after bigint     not null check (balance_after >= 0),
    cause_id     uuid        not null,
    event_id     uuid        not null unique,
    created_at   timestamptz not null,
    primary key (tenant_id, entry_number)
);
comment on column pool_ledger.amount is 'Signed: positive into the pool, negative out of it.';
comment on column pool_ledger.cause_id is 'The allocation or the distribution.';
call make_append_only('pool_ledger', '${app}');

-- What the pool did for each distribution: the inbox of the saga. Rows are kept for ever.
create table pool_debits (
    distribution_id uuid primary key,
    tenant_id       uuid        not null,
    kind            text        not null check (kind in ('delegation', 'award', 'batch', 'return', 'unknown')),
    amount          bigint      not null,
    state           text        not null
        check (state in ('DEBITED', 'REFUSED', 'CANCELLED', 'REFUNDED', 'RETURNED', 'SET_ASIDE')),
    reason          text,
    refunded        bigint      not null default 0 check (refunded in (0, amount)),
    balance_after   bigint      not null,
    pool_version    bigint      not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
comment on table pool_debits is
    'One row per distribution; a return is one the other way round. No foreign key: commands for unknown tenants are answered too.';
comment on column pool_debits.kind is 'unknown: a tombstone, written by a cancel or refund that came before its debit.';
grant select, insert, update on pool_debits to ${app};

create table pool_days (
    tenant_id uuid   not null references tenants,
    day       date   not null,
    allocated bigint not null default 0,
    clawed_back bigint not null default 0,
    debited   bigint not null default 0,
    credited  bigint not null default 0,
    primary key (tenant_id, day)
);
comment on table pool_days is 'Points moved per UTC day, so that rates need no scan of the ledger.';
grant select, insert, update on pool_days to ${app};

-- What allocation-service learns from the wallet events, for the statistics only.
create table wallet_movements (
    event_id    uuid primary key,
    tenant_id   uuid        not null,
    kind        text        not null check (kind in ('delegated', 'awarded_from_pool', 'awarded_from_budget', 'budget_returned')),
    amount      bigint      not null,
    occurred_at timestamptz not null
);
grant select, insert on wallet_movements to ${app};

create table wallet_totals (
    tenant_id           uuid primary key,
    delegated           bigint not null default 0,
    awarded_from_pool   bigint not null default 0,
    awarded_from_budget bigint not null default 0,
    budget_returned     bigint not null default 0
);
grant select, insert, update on wallet_totals to ${app};
