-- Attesting adds up all entries of a pool: read from the key alone, they lie side by side. Nobody can write entries while
-- the key is built.
create unique index pool_ledger_key on pool_ledger (tenant_id, entry_number) include (amount);
alter table pool_ledger drop constraint pool_ledger_pkey;
alter table pool_ledger add constraint pool_ledger_pkey primary key using index pool_ledger_key;
