-- What is due to lapse; without dated points nothing is in it.
drop index concurrently if exists tenants_expiring;
create index concurrently tenants_expiring on tenants (next_expiry, id) where next_expiry is not null;
