-- Points that wait for a decision are out of the pool meanwhile, so that nobody can give them.
alter table tenants add column reserved bigint not null default 0;
comment on column tenants.reserved is 'Sum of what its open proposals hold.';
alter table tenants add constraint reserved_is_never_negative check (reserved >= 0) not valid;
alter table tenants drop constraint balance_is_the_sum_of_its_movements;
alter table tenants add constraint balance_is_the_sum_of_its_movements
    check (points_allocation_balance = allocated - clawed_back - debited + credited + returned + taken_back - expired - reserved
                                       + adjusted);

alter table pool_ledger drop constraint pool_ledger_kind_check;
alter table pool_ledger add constraint pool_ledger_kind_check check (kind in ('allocation', 'clawback', 'debit', 'cancel',
    'refund', 'return', 'expiry', 'reserve', 'release', 'adjustment')) not valid;

alter table pool_days add column reserved bigint not null default 0;
comment on column pool_days.reserved is 'Reserved on the day, less what was released; negative if more was released.';

-- Proposed by one platform admin, decided by another: see docs/clawbacks.md.
create table proposals (
    id              uuid primary key,
    tenant_id       uuid        not null references tenants,
    kind            text        not null check (kind in ('clawback')),
    amount          bigint      check (amount between 1 and 1000000000000),
    reserved        bigint      not null check (reserved = 0 or reserved = amount),
    lot_dates       date[],
    lot_points      bigint[],
    reason          text        not null check (length(reason) between 1 and 2000),
    state           text        not null check (state in ('proposed', 'approved', 'rejected', 'withdrawn', 'expired')),
    proposed_by     uuid        not null,
    proposed_at     timestamptz not null,
    expires_at      timestamptz not null check (expires_at > proposed_at),
    decided_by      uuid,
    decided_at      timestamptz,
    decision_reason text        check (length(decision_reason) between 1 and 2000),
    result_id       uuid unique,
    constraint clawback_has_an_amount check (kind <> 'clawback' or amount is not null),
    constraint nobody_decides_their_own check (state not in ('approved', 'rejected') or decided_by <> proposed_by),
    constraint nobody_withdraws_anothers check (state <> 'withdrawn' or decided_by = proposed_by),
    constraint decided_at_some_time check ((state = 'proposed') = (decided_at is null)),
    constraint decided_by_somebody check ((state in ('proposed', 'expired')) = (decided_by is null)),
    constraint approved_means_done check ((state = 'approved') = (result_id is not null)),
    constraint nothing_is_held_once_decided check (state = 'proposed' or reserved = 0),
    constraint lots_fit_into_what_is_reserved check (lot_dates is null and lot_points is null
        or cardinality(lot_dates) > 0 and cardinality(lot_points) = cardinality(lot_dates) and sum_of(lot_points) <= reserved)
);
comment on column proposals.amount is 'Points that it is about; null if it is about no amount.';
comment on column proposals.reserved is 'Points of the pool that it holds until it is decided.';
comment on column proposals.lot_dates is 'What of it is dated, by days, as in tenants: with these days it goes back; null if nothing is.';
comment on column proposals.decided_by is 'Null if it has expired: nobody decided.';
comment on column proposals.result_id is 'What was made of it: of a clawback, the row in allocation_logs.';
create index proposals_open on proposals (expires_at, id) where state = 'proposed';
create index proposals_by_tenant on proposals (tenant_id, id desc);
create index proposals_by_state on proposals (state, id desc);
grant select, insert, update on proposals to ${app};
