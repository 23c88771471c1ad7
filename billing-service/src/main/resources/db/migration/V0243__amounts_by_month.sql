-- What a tenant was billed by month, so that neither a statement's balance in money nor the board needs a look at all that was ever billed.
create table period_amounts (
    tenant_id      uuid    not null,
    billing_period date    not null,
    currency       char(3) not null,
    amount_minor   numeric not null,
    points         bigint  not null,
    primary key (tenant_id, billing_period, currency)
);
comment on table period_amounts is 'Sums of platform_billing_logs. Kept by a trigger, under the tenant''s lock.';
grant select, insert, update on period_amounts to ${app};

create function keep_period_amounts() returns trigger language plpgsql as $$
begin
    insert into period_amounts as a (tenant_id, billing_period, currency, amount_minor, points)
    select billing_account_id, (billing_period_start at time zone 'UTC')::date as period, billing_currency, sum(x_amount_minor),
           sum(pricing_quantity)
    from fresh group by billing_account_id, period, billing_currency order by billing_account_id, period, billing_currency
    on conflict (tenant_id, billing_period, currency) do update
        set amount_minor = a.amount_minor + excluded.amount_minor, points = a.points + excluded.points;
    return null;
end $$;

-- From here on no older version can write an entry past the table: creating the trigger waits for whoever is writing.
create trigger period_amounts after insert on platform_billing_logs
    referencing new table as fresh for each statement execute function keep_period_amounts();

insert into period_amounts (tenant_id, billing_period, currency, amount_minor, points)
select billing_account_id, (billing_period_start at time zone 'UTC')::date as period, billing_currency, sum(x_amount_minor),
       sum(pricing_quantity)
from platform_billing_logs group by billing_account_id, period, billing_currency;
