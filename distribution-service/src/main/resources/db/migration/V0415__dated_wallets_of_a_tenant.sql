-- Member by member, as a tenant's wallets are gone through. Without dated points nothing is in it.
drop index concurrently if exists wallets_dated;
create index concurrently wallets_dated on wallets (tenant_id, user_id, kind, next_expiry) where next_expiry is not null;
-- In the order of days, nobody asks for them.
drop index concurrently if exists wallets_expiring;
