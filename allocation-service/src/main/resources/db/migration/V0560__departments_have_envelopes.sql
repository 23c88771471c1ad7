-- Departments have envelopes within the tenant's pool: tenants.points_allocation_balance stays the total. Whoever changes an envelope
-- holds the lock of the tenant's row, so envelopes need none of their own.
alter table tenants add column in_departments bigint not null default 0;
comment on column tenants.in_departments is 'What of the balance is in departments'' envelopes; lot_dates and lot_points are of what is in none.';
-- Held against the rows that are there in a script of its own, which lets others go on.
alter table tenants add constraint departments_fit_into_the_balance
    check (in_departments between 0 and points_allocation_balance) not valid;

create table department_pools (
    tenant_id     uuid   not null references tenants,
    department_id uuid   not null,
    balance       bigint not null check (balance >= 0),
    entry_number  bigint not null check (entry_number > 0),
    lot_dates     date[],
    lot_points    bigint[],
    next_expiry   date,
    primary key (tenant_id, department_id),
    constraint lots_fit_into_the_balance check (
        lot_dates is null and lot_points is null
        or cardinality(lot_dates) > 0 and cardinality(lot_points) = cardinality(lot_dates) and sum_of(lot_points) <= balance),
    constraint next_expiry_is_the_first check (next_expiry is not distinct from lot_dates[1])
);
comment on table department_pools is 'A department has a row once something was put into its envelope.';
comment on column department_pools.entry_number is 'Number of the newest department_ledger entry.';
create index department_pools_expiring on department_pools (next_expiry, tenant_id) where next_expiry is not null;
grant select, insert, update on department_pools to ${app};

create table department_ledger (
    tenant_id     uuid        not null,
    department_id uuid        not null,
    entry_number  bigint      not null check (entry_number > 0),
    kind          text        not null check (kind in ('debit', 'cancel', 'refund', 'return', 'expiry', 'transfer')),
    amount        bigint      not null check (amount <> 0),
    balance_after bigint      not null check (balance_after >= 0),
    cause_id      uuid        not null,
    event_id      uuid        not null,
    lot_dates     date[],
    lot_points    bigint[],
    created_at    timestamptz not null,
    constraint department_ledger_pkey primary key (tenant_id, department_id, entry_number) include (amount),
    unique (event_id, department_id)
);
comment on column department_ledger.amount is 'Signed: positive into the envelope, negative out of it.';
comment on column department_ledger.cause_id is 'The distribution, or what has lapsed.';
comment on column department_ledger.event_id is 'The event that reports it: of a transfer, one event reports two entries.';
comment on column department_ledger.lot_dates is 'What of the amount was dated, by days, as in department_pools; null if nothing was.';
call make_append_only('department_ledger', '${app}');

alter table pool_debits
    add column department_id uuid,
    add column department_entry bigint,
    add column department_balance bigint,
    add column to_department_id uuid,
    add column to_department_entry bigint,
    add column to_department_balance bigint;
comment on column pool_debits.department_id is 'The department whose envelope was debited, or credited with what came back; null if none was.';
comment on column pool_debits.to_department_id is 'The department into whose envelope points were moved.';
alter table pool_debits drop constraint pool_debits_kind_check;
alter table pool_debits add constraint pool_debits_kind_check check (kind in ('delegation', 'award', 'batch', 'return', 'reversal',
    'lapse', 'transfer', 'unknown')) not valid;
alter table pool_debits drop constraint pool_debits_state_check;
alter table pool_debits add constraint pool_debits_state_check check (state in ('DEBITED', 'REFUSED', 'CANCELLED', 'REFUNDED',
    'RETURNED', 'SET_ASIDE', 'MOVED')) not valid;

create or replace view balances_to_attest as
select id as tenant_id, id as holder_id, 'pool' as account, points_allocation_balance as balance,
       greatest(pool_version, (select max(entry_number) from pool_ledger where tenant_id = id)) as entry_number
from tenants
union all
select p.tenant_id, p.department_id, 'department', p.balance,
       greatest(p.entry_number, (select max(l.entry_number) from department_ledger l
                                 where l.tenant_id = p.tenant_id and l.department_id = p.department_id))
from department_pools p;

create or replace view entries_to_attest as
select tenant_id, tenant_id as holder_id, 'pool' as account, entry_number, amount from pool_ledger
union all
select tenant_id, department_id, 'department', entry_number, amount from department_ledger;
