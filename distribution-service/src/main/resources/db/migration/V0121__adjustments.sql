-- Adjustments bring a wallet back to what its events add up to.
alter table wallet_ledger add column adjustment boolean not null default false;
comment on column wallet_ledger.adjustment is 'Then distribution_id is that of the adjustment.';
alter table wallet_ledger drop constraint wallet_ledger_amount_check;
alter table wallet_ledger add constraint wallet_ledger_amount_check check (amount <> 0 or adjustment);

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
