-- A manager's request for points is a proposal of the tenant's, for platform admins to decide about: see docs/allocations.md.
alter table proposals
    add column asked_by_tenant   boolean not null default false,
    add column note              text check (length(note) between 1 and 2000),
    add column first_approved_by uuid,
    add column first_approved_at timestamptz;
comment on column proposals.asked_by_tenant is 'Whether a manager of the tenant, proposed_by, asks for it.';
comment on column proposals.note is 'Of what a manager asks for: why, in their words; null once it is erased. It is in no event.';
comment on column proposals.first_approved_by is 'The first of two platform admins, if a request takes two.';
alter table proposals drop constraint nobody_withdraws_anothers;
-- Held against the rows that are there in a script of its own, which lets others go on.
alter table proposals add constraint nobody_withdraws_anothers
    check (state <> 'withdrawn' or decided_by = proposed_by or asked_by_tenant) not valid;
alter table proposals add constraint points_alone_are_asked_for
    check (asked_by_tenant and kind = 'allocation' or not asked_by_tenant and note is null and first_approved_by is null) not valid;
alter table proposals add constraint two_approvals_are_of_two_people check (
    (first_approved_by is null) = (first_approved_at is null) and first_approved_by is distinct from proposed_by
    and (state <> 'approved' or first_approved_by is distinct from decided_by)) not valid;
