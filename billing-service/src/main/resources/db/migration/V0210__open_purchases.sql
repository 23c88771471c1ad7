-- What a clawback may credit is found without a look at all that was ever bought.
create table open_purchases (
    entry_id     uuid primary key,
    tenant_id    uuid   not null,
    pool_version bigint not null,
    points       bigint not null check (points >= 0)
);
comment on table open_purchases is
    'Purchases of which some points have not been credited. Kept by a trigger, under the tenant''s lock.';
create index open_purchases_newest on open_purchases (tenant_id, pool_version desc);
grant select, insert, update, delete on open_purchases to ${app};

create function keep_open_purchases() returns trigger language plpgsql as $$
begin
    insert into open_purchases (entry_id, tenant_id, pool_version, points)
    select x_entry_id, billing_account_id, x_pool_version, pricing_quantity from fresh where x_kind = 'allocation';
    update open_purchases o set points = o.points + credited.points
    from (select x_credited_entry_id as entry_id, sum(pricing_quantity) as points from fresh
          where x_credited_entry_id is not null group by x_credited_entry_id) credited
    where o.entry_id = credited.entry_id;
    delete from open_purchases o using fresh where o.entry_id = fresh.x_credited_entry_id and o.points = 0;
    return null;
end $$;

create trigger open_purchases after insert on platform_billing_logs
    referencing new table as fresh for each statement execute function keep_open_purchases();

insert into open_purchases (entry_id, tenant_id, pool_version, points)
select p.x_entry_id, p.billing_account_id, p.x_pool_version, p.pricing_quantity + coalesce(c.credited, 0)
from platform_billing_logs p
left join (select x_credited_entry_id as entry_id, sum(pricing_quantity) as credited from platform_billing_logs
           where x_credited_entry_id is not null group by x_credited_entry_id) c on c.entry_id = p.x_entry_id
where p.x_kind = 'allocation' and p.pricing_quantity + coalesce(c.credited, 0) > 0;
