alter table tenants validate constraint lots_fit_into_the_balance;
alter table tenants validate constraint next_expiry_is_the_first;
alter table pool_ledger validate constraint pool_ledger_kind_check;
