-- What is proposed for a period settles it, too.
drop index concurrently if exists schedule_runs_settled_once;
create unique index concurrently schedule_runs_settled_once on schedule_runs (schedule_id, period)
    where outcome in ('done', 'nothing_to_do', 'proposed');
