-- The effect of a run, once more by its own key.
drop index concurrently if exists allocation_logs_once_a_period;
create unique index concurrently allocation_logs_once_a_period on allocation_logs (schedule_id, period)
    where schedule_id is not null;
