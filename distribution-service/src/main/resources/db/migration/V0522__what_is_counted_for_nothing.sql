-- What was counted and did not happen, or was taken back: a round takes it off.
drop index concurrently if exists distributions_counted_for_nothing;
create index concurrently distributions_counted_for_nothing on distributions (id)
    where counted_on is not null and (state in ('REJECTED', 'CANCELLED', 'COMPENSATED') or reversed_by is not null);
