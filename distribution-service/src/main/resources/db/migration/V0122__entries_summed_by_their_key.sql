-- Attesting adds up all entries of a wallet, which lie all over the table, for they came over months: read from the key alone,
-- those of a wallet lie side by side. Nobody can write entries while the key is built.
create unique index wallet_ledger_key on wallet_ledger (tenant_id, user_id, kind, entry_number) include (amount);
alter table wallet_ledger drop constraint wallet_ledger_pkey;
alter table wallet_ledger add constraint wallet_ledger_pkey primary key using index wallet_ledger_key;
