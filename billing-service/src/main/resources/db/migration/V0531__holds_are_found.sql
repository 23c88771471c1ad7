-- For what waited for approval and is in the pool again: see keep_movements_ahead.
drop index concurrently if exists movement_log_holds;
create index concurrently movement_log_holds on movement_log (tenant_id, subject) where flow in ('held', 'released', 'refunded');
