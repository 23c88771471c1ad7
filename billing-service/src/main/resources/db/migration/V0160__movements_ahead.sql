-- What a month's end needs is kept, so that it reads no tenant's whole history while others wait. What was there before is looked
-- at by the next script, when this one holds no lock any more.

create table movements_ahead (
    event_id       uuid primary key,
    tenant_id      uuid not null,
    subject        uuid not null,
    billing_period date not null,
    awaits         text not null check (awaits in ('distributed', 'budget_returned'))
);
comment on table movements_ahead is
    'Movements that have arrived before what they come from has left: a month with any cannot be closed. Kept by a trigger.';
create index movements_ahead_of_month on movements_ahead (tenant_id, billing_period);
create index movements_ahead_of_subject on movements_ahead (tenant_id, subject);
grant select, insert, delete on movements_ahead to ${app};

create function awaited_departure(flow text) returns text language sql immutable as $$
    select case when flow in ('delegated', 'awarded_from_pool') then 'distributed'
                when flow = 'returned' then 'budget_returned' end
$$;
comment on function awaited_departure is 'Which flow of the same subject must have left a place before this one can have arrived.';

-- By statement, under the tenant's lock as all that is written of it.
create function keep_movements_ahead() returns trigger language plpgsql as $$
begin
    delete from movements_ahead ahead using fresh
    where fresh.flow in ('distributed', 'budget_returned')
      and ahead.tenant_id = fresh.tenant_id and ahead.subject = fresh.subject and ahead.awaits = fresh.flow;
    insert into movements_ahead (event_id, tenant_id, subject, billing_period, awaits)
    select fresh.event_id, fresh.tenant_id, fresh.subject, fresh.billing_period, awaited_departure(fresh.flow)
    from fresh
    where awaited_departure(fresh.flow) is not null
      and not exists (select from movement_log gone
                      where gone.tenant_id = fresh.tenant_id and gone.subject = fresh.subject
                        and gone.flow in ('distributed', 'budget_returned')
                        and gone.flow = awaited_departure(fresh.flow));
    return null;
end $$;

create trigger movements_ahead after insert on movement_log
    referencing new table as fresh for each statement execute function keep_movements_ahead();
