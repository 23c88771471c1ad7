-- Distributions whose points wait until people have approved that they are given.
alter table distributions
    add column approval_levels smallint,
    add column approval_hours smallint,
    add column held_until timestamptz,
    add column decision_reason text;
comment on column distributions.approval_levels is 'How many people must approve it; null if nobody.';
comment on column distributions.approval_hours is 'How long it waits for them.';
comment on column distributions.held_until is 'When it goes back unless they have approved it; null unless it is HELD.';
comment on column distributions.decision_reason is 'Why it was rejected. Personal text: erasable.';
alter table distributions drop constraint distributions_state_check;
alter table distributions add constraint distributions_state_check check (state in ('REQUESTED', 'RETURNING', 'COMPLETED',
    'REJECTED', 'CANCELLING', 'CANCELLED', 'COMPENSATING', 'COMPENSATED', 'SET_ASIDE', 'HELD')) not valid;
alter table distributions add constraint what_needs_approval check (
    (approval_levels is null) = (approval_hours is null)
    and (approval_levels is null or approval_levels between 1 and 3 and approval_hours between 1 and 720)) not valid;
alter table distributions add constraint held_until_a_time check (
    (state = 'HELD') = (held_until is not null) and (state <> 'HELD' or approval_levels is not null)) not valid;

alter table batches
    add column approval_levels smallint,
    add column approval_hours smallint;
comment on column batches.approval_levels is 'Of one that is all or nothing: how many people must approve it; null if nobody.';

alter table wallet_ledger drop constraint wallet_ledger_cause_check;
alter table wallet_ledger add constraint wallet_ledger_cause_check check (cause in ('expiry', 'hold', 'release')) not valid;
comment on column wallet_ledger.cause is
    'expiry: the points have lapsed, and distribution_id is that of the lapse. hold, release: they wait for approval, or no more, and distribution_id is derived from that of the distribution. Null: a distribution, or an adjustment.';

create table held_lots (
    distribution_id uuid primary key references distributions,
    lot_dates       date[]   not null,
    lot_points      bigint[] not null,
    lot_origins     date[]
);
comment on table held_lots is 'What of the points is dated that wait for approval, or have waited: in the budget, or in the pool that a delegation comes from.';
grant select, insert on held_lots to ${app};

create table approval_log (
    distribution_id uuid        not null references distributions,
    voter           uuid        not null,
    tenant_id       uuid        not null,
    level           smallint    not null check (level between 1 and 3),
    approved        boolean     not null,
    event_id        uuid        not null unique,
    created_at      timestamptz not null,
    primary key (distribution_id, voter)
);
comment on table approval_log is 'Who has approved or rejected what waited for approval: each person once, and each level once.';
comment on column approval_log.level is 'Counts the votes of a distribution from 1.';
create index approval_log_by_voter on approval_log (tenant_id, voter);
create unique index approval_log_by_level on approval_log (distribution_id, level);
call make_append_only('approval_log', '${app}');
