alter table tenants validate constraint reserved_is_never_negative;
alter table pool_ledger validate constraint pool_ledger_kind_check;
