drop index concurrently if exists movement_log_adjusted;
create index concurrently movement_log_adjusted on movement_log (tenant_id, pool_version) where flow = 'adjusted';
