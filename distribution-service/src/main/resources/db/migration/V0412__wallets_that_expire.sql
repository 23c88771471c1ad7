-- What is due to lapse; without dated points nothing is in it.
drop index concurrently if exists wallets_expiring;
create index concurrently wallets_expiring on wallets (next_expiry, tenant_id, user_id, kind) where next_expiry is not null;
