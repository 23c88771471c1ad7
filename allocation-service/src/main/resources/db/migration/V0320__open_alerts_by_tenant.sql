-- How many alerts are open about each tenant on the list.
drop index concurrently if exists business_alerts_open_by_tenant;
create index concurrently business_alerts_open_by_tenant on business_alerts (tenant_id) where state = 'open';
