-- What a pool held at the end of a day. Entry numbers have no gap and follow time, so halving finds the entry: some twenty
-- steps in the key of a ledger of a million entries, and no index by time.
create function pool_balance_before(tenant uuid, newest bigint, moment timestamptz) returns bigint
language plpgsql stable as $$
declare
    least_possible bigint := 0;
    most_possible bigint := newest;
    middle bigint;
begin
    while least_possible < most_possible loop
        middle := (least_possible + most_possible + 1) / 2;
        if (select created_at from pool_ledger where tenant_id = tenant and entry_number = middle) < moment then
            least_possible := middle;
        else
            most_possible := middle - 1;
        end if;
    end loop;
    return coalesce((select balance_after from pool_ledger where tenant_id = tenant and entry_number = least_possible), 0);
end $$;
comment on function pool_balance_before is 'The balance after the last pool_ledger entry before a moment; newest is the pool''s version.';
