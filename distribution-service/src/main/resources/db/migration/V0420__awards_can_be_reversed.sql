-- In the order in which the service takes them, so that neither waits for the other.
lock table distributions, feed, erasures in access exclusive mode;

-- An award is taken back by a distribution of its own, of another kind. What it says of the award stands in both rows.
alter table distributions
    add column reverses uuid,
    add column reversed_by uuid,
    add column missing bigint;
comment on column distributions.reverses is 'Of a reversal: the award that it takes back.';
comment on column distributions.reversed_by is 'Of an award: the reversal that has taken it back.';
comment on column distributions.missing is 'Of a reversal: what the wallet no longer held of the award.';
comment on column distributions.source is 'Where the points come from; of a reversal, where they go back to.';
comment on column distributions.debit_id is 'The debit under whose id the points left the pool: of an award that of its batch, null if it has its own; of a reversal that of its award, null if it came from a budget.';
alter table distributions drop constraint distributions_kind_check;
alter table distributions add constraint distributions_kind_check
    check (kind in ('delegation', 'award', 'return', 'batch', 'reversal')) not valid;
alter table distributions drop constraint only_a_return_or_a_batch_goes_to_nobody;
alter table distributions add constraint who_goes_to_nobody
    check (kind = 'reversal' or (kind in ('return', 'batch')) = (to_user_id is null)) not valid;
alter table distributions add constraint a_reversal_takes_what_was_there check (missing >= 0) not valid;

alter table feed drop constraint feed_kind_check;
alter table feed add constraint feed_kind_check
    check (kind in ('allocation', 'clawback', 'delegation', 'award', 'recognition', 'return', 'reversal')) not valid;
grant update (audience) on feed to ${app};

alter table erasures add column reversed_to uuid;
comment on column erasures.reversed_to is 'What the member said with reversals of anybody''s awards up to this one is gone.';
