-- What of a pool can be used until which day stands in the pool's own row: whoever moves its points has that row anyway.
create function sum_of(points bigint[]) returns bigint language plpgsql immutable parallel safe as $$
declare
    total bigint := 0;
    one bigint;
begin
    foreach one in array points loop
        total := total + one;
    end loop;
    return total;
end $$;

alter table tenants
    add column expired bigint not null default 0,
    add column lot_dates date[],
    add column lot_points bigint[],
    add column next_expiry date,
    -- Held against the rows that are there in a script of its own, which lets others go on.
    add constraint lots_fit_into_the_balance check (
        lot_dates is null and lot_points is null
        or cardinality(lot_dates) > 0 and cardinality(lot_points) = cardinality(lot_dates)
           and sum_of(lot_points) <= points_allocation_balance) not valid,
    add constraint next_expiry_is_the_first check (next_expiry is not distinct from lot_dates[1]) not valid;
comment on column tenants.expired is 'Sum of the points that lapsed in the pool.';
comment on column tenants.lot_dates is 'The last days on which some of the balance can be used, the earliest first; null if nothing is dated.';
comment on column tenants.lot_points is 'How many points until each of them; the rest of the balance stays for ever.';
alter table tenants drop constraint balance_is_the_sum_of_its_movements;
alter table tenants add constraint balance_is_the_sum_of_its_movements check (
    points_allocation_balance = allocated - clawed_back - debited + credited + returned + taken_back - expired + adjusted);
-- A new version of a row finds room beside it, so that no index is written.
alter table tenants set (fillfactor = 85);

alter table pool_ledger
    add column lot_dates date[],
    add column lot_points bigint[];
comment on column pool_ledger.lot_dates is 'What of the amount was dated, by days, as in tenants; null if nothing was.';
alter table pool_ledger drop constraint pool_ledger_kind_check;
alter table pool_ledger add constraint pool_ledger_kind_check check (
    kind in ('allocation', 'clawback', 'debit', 'cancel', 'refund', 'return', 'expiry', 'adjustment')) not valid;

alter table pool_debits
    add column lot_dates date[],
    add column lot_points bigint[];
comment on column pool_debits.lot_dates is 'What of it was dated and has not come back: with these days it does.';
