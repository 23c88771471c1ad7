-- An entry that was booked late can be moved into its own month when that is open again: by a pair of entries, which name it.
alter table platform_billing_logs add column x_reversed_entry_id uuid;
alter table platform_billing_logs add column x_rebooked_entry_id uuid;
alter table platform_billing_logs add column x_move_reason text;
comment on column platform_billing_logs.x_reversed_entry_id is
    'The late entry that this one reverses, in the month in which that was booked.';
comment on column platform_billing_logs.x_rebooked_entry_id is
    'The late entry that this one books again, in the month in which the points moved.';
comment on column platform_billing_logs.x_move_reason is
    'Why the late entry was moved; who moved it stands in x_created_by. Only in a reversal and what is booked again.';

-- What stands there has none of these and fulfils the stricter rule from before, so it is not read again under the table's lock.
alter table platform_billing_logs
    add constraint a_reversal_names_an_entry foreign key (x_reversed_entry_id) references platform_billing_logs not valid,
    add constraint what_is_booked_again_names_an_entry
        foreign key (x_rebooked_entry_id) references platform_billing_logs not valid,
    add constraint what_is_moved_has_a_reason check (
        num_nonnulls(x_reversed_entry_id, x_rebooked_entry_id) = num_nonnulls(x_move_reason)
        and length(x_move_reason) <= 2000) not valid,
    drop constraint sign_follows_kind,
    add constraint sign_follows_kind check (
        ((x_kind = 'allocation') = (pricing_quantity > 0)) = (x_reversed_entry_id is null)) not valid;

-- A pair buys nothing and gives nothing back: it says in which month that was.
create or replace function keep_open_purchases() returns trigger language plpgsql as $$
begin
    insert into open_purchases (entry_id, tenant_id, pool_version, points)
    select x_entry_id, billing_account_id, x_pool_version, pricing_quantity from fresh
    where x_kind = 'allocation' and x_move_reason is null;
    update open_purchases o set points = o.points + credited.points
    from (select x_credited_entry_id as entry_id, sum(pricing_quantity) as points from fresh
          where x_credited_entry_id is not null and x_move_reason is null group by x_credited_entry_id) credited
    where o.entry_id = credited.entry_id;
    delete from open_purchases o using fresh
    where o.entry_id = fresh.x_credited_entry_id and fresh.x_move_reason is null and o.points = 0;
    return null;
end $$;
