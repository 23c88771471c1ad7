-- Which alerts are over by themselves.
drop index concurrently if exists business_alerts_ending;
create index concurrently business_alerts_ending on business_alerts (ends_at) where over_at is null and ends_at is not null;
