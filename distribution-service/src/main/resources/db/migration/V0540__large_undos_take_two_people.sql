alter table policies add column undo_approval_above bigint check (undo_approval_above between 0 and 1000000000000);
comment on column policies.undo_approval_above is 'Taking back more points than that at once takes two people. Null: it never does.';
alter table policy_logs add column undo_approval_above bigint;

-- What somebody wants to take back, and another person has to approve.
create table undo_proposals (
    id              uuid primary key,
    tenant_id       uuid        not null,
    kind            text        not null check (kind in ('award', 'batch')),
    distribution_id uuid        not null,
    amount          bigint      not null check (amount > 0),
    mode            text        not null check (mode in ('all_or_nothing', 'what_is_there')),
    reason          text,
    state           text        not null check (state in ('open', 'approved', 'rejected', 'withdrawn', 'expired')),
    requested_by    uuid        not null,
    requested_role  text        not null,
    traceparent     text,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    decided_by      uuid,
    decided_at      timestamptz,
    decision_reason text,
    constraint decided_at_a_time check ((state = 'open') = (decided_at is null)),
    constraint decided_by_somebody check (decided_by is not null or state in ('open', 'expired')),
    constraint nobody_approves_their_own check (state <> 'approved' or decided_by <> requested_by)
);
comment on column undo_proposals.distribution_id is 'The award or the batch.';
comment on column undo_proposals.amount is 'Points of its awards that had not been taken back when it was asked for.';
comment on column undo_proposals.reason is 'Personal text: erasable.';
comment on column undo_proposals.decision_reason is 'Why it was rejected. Personal text: erasable.';
create unique index undo_proposals_open on undo_proposals (distribution_id) where state = 'open';
create index undo_proposals_due on undo_proposals (expires_at) where state = 'open';
create index undo_proposals_by_tenant on undo_proposals (tenant_id, id);
create index undo_proposals_with_words on undo_proposals (tenant_id, id) where reason is not null or decision_reason is not null;
grant select, insert, update on undo_proposals to ${app};
