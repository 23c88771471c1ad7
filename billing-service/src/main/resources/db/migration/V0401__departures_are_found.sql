-- As movement_log_departures, which the version before uses, with the flows that V0400 has added.
drop index concurrently if exists movement_log_departures_of_all;
create index concurrently movement_log_departures_of_all on movement_log (tenant_id, subject)
    where flow in ('distributed', 'budget_returned', 'reversed', 'earned_returned');
