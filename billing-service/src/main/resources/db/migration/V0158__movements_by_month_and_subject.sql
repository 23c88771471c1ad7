-- Sums per month, and a month's highest and lowest version, come from the index alone.
drop index concurrently if exists movement_log_sums;
create index concurrently movement_log_sums on movement_log (tenant_id, billing_period, pool_version) include (flow, points);

-- What left the place from which others have arrived.
drop index concurrently if exists movement_log_departures;
create index concurrently movement_log_departures on movement_log (tenant_id, subject)
    where flow in ('distributed', 'budget_returned');
