-- What the sealed records add up to: seal by seal, in the order of the leaves, so that whoever posts the same leaves once
-- more comes to the same books.

-- Seals that are not posted yet. The sealer puts a row in with the checkpoint; the poster takes it out with what it posts.
create table audit_unposted (
    tenant_id uuid   not null,
    tree_size bigint not null,
    primary key (tenant_id, tree_size)
);
alter table audit_unposted set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
grant select, insert, delete on audit_unposted to ${app};
insert into audit_unposted select tenant_id, tree_size from audit_checkpoint_log;

-- Running sums per tenant, of the first tree_size leaves.
create table audit_books (
    tenant_id       uuid primary key,
    tree_size       bigint not null,
    allocated       bigint not null,
    clawed_back     bigint not null,
    pool            bigint not null,
    in_flight       bigint not null,
    budget          bigint not null,
    earned          bigint not null,
    credited_early  bigint not null check (credited_early >= 0),
    pool_entries    bigint not null,
    pool_version    bigint not null,
    pool_balance    bigint not null
);
comment on column audit_books.credited_early is 'Points of credits whose debit has not been heard of yet.';
comment on column audit_books.pool_entries is 'How many of the pool''s entries have been heard of; pool_version is the newest, pool_balance what it states.';
grant select, insert, update on audit_books to ${app};

-- What of an allocation, clawback or distribution has left and not arrived; negative if it arrived before it left.
create table audit_transit (
    tenant_id uuid        not null,
    subject   text        not null,
    points    bigint      not null check (points <> 0),
    since     timestamptz not null,
    primary key (tenant_id, subject)
);
create index audit_transit_early on audit_transit (since) where points < 0;
grant select, insert, update, delete on audit_transit to ${app};

-- Where a tenant's leaves can be cut so that no credit is before its debit: the newest such cut of each seal.
create table audit_cuts (
    tenant_id    uuid        not null,
    tree_size    bigint      not null,
    sealed_at    timestamptz not null,
    allocated    bigint      not null,
    clawed_back  bigint      not null,
    pool         bigint      not null,
    in_flight    bigint      not null,
    budget       bigint      not null,
    earned       bigint      not null,
    pool_balance bigint      not null,
    primary key (tenant_id, tree_size)
);
comment on column audit_cuts.tree_size is 'The first so many leaves are in it.';
comment on column audit_cuts.sealed_at is 'The time of the checkpoint that covers it.';
create index audit_cuts_by_time on audit_cuts (tenant_id, sealed_at, tree_size);
grant select, insert on audit_cuts to ${app};

-- Which field of which event says what about an entry of a ledger. A holder without a field is the tenant.
create view entries_of_events (topic, type, source, account, holder, number, amount, sign) as values
    ('allocation.pool.events.v1',     'PointsAllocated',    null,     'pool',   null,           'pool_version', 'amount',    1),
    ('allocation.pool.events.v1',     'PointsClawedBack',   null,     'pool',   null,           'pool_version', 'amount',   -1),
    ('allocation.pool.events.v1',     'PoolDebited',        null,     'pool',   null,           'pool_version', 'amount',   -1),
    ('allocation.pool.events.v1',     'PoolDebitCancelled', null,     'pool',   null,           'pool_version', 'refunded',  1),
    ('allocation.pool.events.v1',     'PoolRefunded',       null,     'pool',   null,           'pool_version', 'refunded',  1),
    ('allocation.pool.events.v1',     'PointsReturned',     null,     'pool',   null,           'pool_version', 'amount',    1),
    ('distribution.wallet.events.v1', 'PointsDelegated',    null,     'budget', 'to_user_id',   'wallet_entry', 'amount',    1),
    ('distribution.wallet.events.v1', 'PointsAwarded',      null,     'earned', 'to_user_id',   'wallet_entry', 'amount',    1),
    ('distribution.wallet.events.v1', 'PointsAwarded',      'budget', 'budget', 'from_user_id', 'budget_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'BudgetReturned',     null,     'budget', 'from_user_id', 'wallet_entry', 'amount',   -1),
    ('allocation.pool.events.v1',     'PoolAdjusted',       null,     'pool',   null,           'pool_version', null,        0),
    ('distribution.wallet.events.v1', 'WalletAdjusted',     null,     'budget', 'user_id',      'wallet_entry', null,        0),
    ('distribution.wallet.events.v1', 'WalletAdjusted',     null,     'earned', 'user_id',      'wallet_entry', null,        0);
comment on view entries_of_events is 'An adjustment brings a balance back to what the events add up to, so it adds nothing to them.';
grant select on entries_of_events to ${app};

-- A UUID of a JSON object; null if it is anything else.
create function uuid_of(data json, field text) returns uuid language sql immutable parallel safe as $$
    select case when data ->> field ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
                then (data ->> field)::uuid end
$$;

-- An integer of a JSON object, of either sign, within what every reader can hold; null if it is anything else.
create function integer_of(data json, field text) returns bigint language sql immutable parallel safe as $$
    select case
        when json_typeof(data -> field) = 'number' then
            case when scale((data ->> field)::numeric) = 0
                      and (data ->> field)::numeric between -9007199254740991 and 9007199254740991
                 then (data ->> field)::numeric::bigint end
    end
$$;

create view entries_told as
select log.sequence, log.event_id, log.tenant_id, told.account,
       case when told.holder is null then log.tenant_id else uuid_of(log.data, told.holder) end as holder_id,
       points_of(log.data, told.number) as entry_number,
       case when told.sign = 0 then 0 else told.sign * points_of(log.data, told.amount) end as amount,
       told.sign = 0 as mends
from audit_log log
join entries_of_events told
  on told.topic = log.topic and told.type = log.type and (told.source is null or told.source = log.data ->> 'source')
 and (told.type <> 'WalletAdjusted' or told.account = log.data ->> 'account');
comment on view entries_told is 'Ledger entries as the events tell them. An answer of a pool that moved nothing has the amount 0 and is none.';
grant select on entries_told to ${app};

-- Entries above the last one at which their balance was compared, and those that came late.
create table audit_entries (
    tenant_id    uuid   not null,
    account      text   not null,
    holder_id    uuid   not null,
    entry_number bigint not null,
    event_id     uuid   not null,
    amount       bigint not null,
    mends        boolean not null,
    primary key (tenant_id, account, holder_id, entry_number, event_id)
);
comment on column audit_entries.mends is 'An adjustment, which also makes up for entries before it that no event told of.';
alter table audit_entries set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
grant select, insert, delete on audit_entries to ${app};

create view balances_attested as
select log.sequence, log.event_id, log.tenant_id, log.data ->> 'account' as account, uuid_of(balance, 'holder_id') as holder_id,
       integer_of(balance, 'entry_number') as entry_number, integer_of(balance, 'stored_balance') as stored_balance,
       integer_of(balance, 'sum_of_entries') as sum_of_entries, log.occurred_at as attested_at
from audit_log log
cross join lateral json_array_elements(case when json_typeof(log.data -> 'balances') = 'array'
                                            then log.data -> 'balances' else '[]' end) as balance
where log.type = 'BalanceAttested'
  and (log.topic, log.data ->> 'account') in (('allocation.pool.events.v1', 'pool'),
                                              ('distribution.wallet.events.v1', 'budget'),
                                              ('distribution.wallet.events.v1', 'earned'));
grant select on balances_attested to ${app};

-- Attestations that are not compared yet, one per balance: the first that came.
create table audit_attestations (
    tenant_id      uuid        not null,
    account        text        not null,
    holder_id      uuid        not null,
    event_id       uuid        not null,
    entry_number   bigint      not null,
    stored_balance bigint      not null,
    sum_of_entries bigint      not null,
    attested_at    timestamptz not null,
    primary key (tenant_id, account, holder_id)
);
grant select, insert, delete on audit_attestations to ${app};

-- What each balance is by its events, as far as it was compared, and how it differs from what was attested.
create table audit_balances (
    tenant_id         uuid        not null,
    account           text        not null,
    holder_id         uuid        not null,
    entry_number      bigint      not null,
    entries           bigint      not null,
    balance           bigint      not null,
    attested_at       timestamptz not null,
    stored_difference bigint      not null,
    sum_difference    bigint      not null,
    missing_entries   bigint      not null,
    primary key (tenant_id, account, holder_id)
);
comment on column audit_balances.entries is 'How many entries up to entry_number events told of; balance is their sum.';
comment on column audit_balances.stored_difference is 'With the other two: the difference that an alert was raised for; all 0 if there is none.';
create index audit_balances_that_differ on audit_balances (tenant_id) where stored_difference <> 0 or sum_difference <> 0;
grant select, insert, update on audit_balances to ${app};

create table audit_alert_log (
    sequence         bigint generated always as identity primary key,
    alert_id         uuid        not null unique,
    tenant_id        uuid        not null,
    kind             text        not null check (kind in ('entry-missing', 'balance-differs')),
    account          text        not null,
    holder_id        uuid        not null,
    entry_number     bigint      not null,
    expected_balance bigint      not null,
    stored_balance   bigint      not null,
    sum_of_entries   bigint      not null,
    missing_entries  bigint      not null,
    attestation_id   uuid        not null,
    raised_at        timestamptz not null
);
comment on table audit_alert_log is 'Balances that were not what the events add up to: see docs/audit.md.';
create index audit_alert_log_of_tenant on audit_alert_log (tenant_id, sequence desc);
call make_append_only('audit_alert_log', '${app}');

-- What the books are made of. An adjustment of a pool moves no points; only its entry counts.
create view points_posted as
select log.sequence,
       coalesce(log.data ->> 'debit_id', log.subject) as subject,
       coalesce(points, 0) * platform as platform,
       coalesce(points, 0) * pool     as pool,
       coalesce(points, 0) * transit  as transit,
       coalesce(points, 0) * budget   as budget,
       coalesce(points, 0) * earned   as earned,
       case when pool <> 0 or mends then points_of(data, 'pool_version') end  as pool_version,
       case when pool <> 0 or mends then points_of(data, 'balance_after') end as balance_after,
       mends
from audit_log log
join (select *, false as mends from points_effects
      union all
      values ('allocation.pool.events.v1', 'PoolAdjusted', null, 'balance_after', 0, 0, 0, 0, 0, true)) effect
  on effect.topic = log.topic and effect.type = log.type and (effect.source is null or effect.source = log.data ->> 'source')
cross join lateral points_of(log.data, effect.field) as points
where points > 0 or mends;
comment on view points_posted is 'Points that events moved, signed by place. A subject is one allocation, clawback, distribution or adjustment; the awards of a batch belong to the batch that debited the pool.';
grant select on points_posted to ${app};
