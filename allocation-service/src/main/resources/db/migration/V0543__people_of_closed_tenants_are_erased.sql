-- What is known of the people of a closed tenant is deleted by distribution-service: when that was asked for, and when it is done.
alter table closings
    add column erasure_requested_at timestamptz,
    add column people_erased_at timestamptz,
    add column people_erased bigint,
    add constraint erased_after_the_end check (
        (erasure_requested_at is null or closed_at is not null) and (people_erased_at is null or erasure_requested_at is not null)
        and (people_erased_at is null) = (people_erased is null)) not valid;
comment on column closings.people_erased is 'How many members the tenant had.';
