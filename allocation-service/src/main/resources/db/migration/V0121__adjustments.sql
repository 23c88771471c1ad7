-- Adjustments bring a pool back to what its events add up to.
alter table tenants add column adjusted bigint not null default 0;
comment on column tenants.adjusted is 'What adjustments have added to the balance beyond all other movements.';
alter table tenants drop constraint balance_is_the_sum_of_its_movements;
alter table tenants add constraint balance_is_the_sum_of_its_movements
    check (points_allocation_balance = allocated - clawed_back - debited + credited + returned + adjusted);

alter table pool_ledger drop constraint pool_ledger_kind_check;
alter table pool_ledger add constraint pool_ledger_kind_check
    check (kind in ('allocation', 'clawback', 'debit', 'cancel', 'refund', 'return', 'adjustment'));
alter table pool_ledger drop constraint pool_ledger_amount_check;
alter table pool_ledger add constraint pool_ledger_amount_check check (amount <> 0 or kind = 'adjustment');

-- Proposed by one platform admin, approved by another: see docs/audit.md.
create table adjustments (
    id            uuid primary key,
    tenant_id     uuid        not null,
    account       text        not null check (account in ('pool', 'budget', 'earned')),
    holder_id     uuid        not null,
    amount        bigint      not null,
    reason        text        not null,
    state         text        not null check (state in ('proposed', 'approved', 'rejected')),
    proposed_by   uuid        not null,
    proposed_at   timestamptz not null,
    decided_by    uuid,
    decided_at    timestamptz,
    entry_number  bigint,
    balance_after bigint,
    event_id      uuid unique,
    constraint nobody_approves_their_own check (state <> 'approved' or decided_by <> proposed_by),
    constraint decided_by_somebody check ((state = 'proposed') = (decided_by is null)),
    constraint approved_means_done check ((state = 'approved') = (entry_number is not null))
);
comment on column adjustments.amount is 'Signed points of the entry; 0 if the ledger is right and only the balance''s row is not.';
grant select, insert, update on adjustments to ${app};
