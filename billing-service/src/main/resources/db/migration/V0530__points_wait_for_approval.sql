-- Flows that are heard of from now on: points that wait for approval on their way from the pool or from a budget. Locked in the
-- service's own order: tenants first. What stands there fulfils the wider rule, so it is not read again under the table's lock.
lock table billing_tenants in access exclusive mode;
alter table movement_log drop constraint movement_log_flow_check;
alter table movement_log add constraint movement_log_flow_check check (flow in ('allocated', 'clawed_back', 'distributed',
    'refunded', 'returned', 'delegated', 'awarded_from_pool', 'awarded_from_budget', 'budget_returned', 'pool_reserved',
    'pool_released', 'pool_expired', 'reversed', 'reversed_to_budget', 'earned_returned', 'earned_expired', 'budget_expired',
    'held', 'held_from_budget', 'released', 'released_to_budget', 'adjusted')) not valid;

alter table movements_ahead drop constraint movements_ahead_awaits_check;
alter table movements_ahead add constraint movements_ahead_awaits_check check (awaits in ('distributed', 'budget_returned', 'released')) not valid;

create or replace function departure(flow text) returns text language sql immutable as $$
    select case when flow in ('distributed', 'released') then flow
                when flow in ('budget_returned', 'reversed', 'earned_returned') then 'budget_returned' end
$$;

create or replace function awaited_departure(flow text) returns text language sql immutable as $$
    select case when flow in ('delegated', 'awarded_from_pool', 'held') then 'distributed'
                when flow = 'returned' then 'budget_returned' end
$$;

create or replace function keep_movements_ahead() returns trigger language plpgsql as $$
begin
    delete from movements_ahead ahead using fresh
    where departure(fresh.flow) is not null
      and ahead.tenant_id = fresh.tenant_id and ahead.subject = fresh.subject and ahead.awaits = departure(fresh.flow);
    insert into movements_ahead (event_id, tenant_id, subject, billing_period, awaits)
    select fresh.event_id, fresh.tenant_id, fresh.subject, fresh.billing_period, awaited_departure(fresh.flow)
    from fresh
    where awaited_departure(fresh.flow) is not null
      and not exists (select from movement_log gone
                      where gone.tenant_id = fresh.tenant_id and gone.subject = fresh.subject
                        and gone.flow in ('distributed', 'budget_returned', 'reversed', 'earned_returned')
                        and departure(gone.flow) = awaited_departure(fresh.flow));
    -- The pool has back what waited: it cannot wait any more.
    if exists (select from fresh where flow in ('held', 'refunded')) then
        insert into movements_ahead (event_id, tenant_id, subject, billing_period, awaits)
        select back.event_id, back.tenant_id, back.subject, back.billing_period, 'released'
        from (select distinct tenant_id, subject from fresh where flow in ('held', 'refunded')) touched
        join movement_log back
          on back.tenant_id = touched.tenant_id and back.subject = touched.subject and back.flow = 'refunded'
        where exists (select from movement_log held
                      where held.tenant_id = touched.tenant_id and held.subject = touched.subject and held.flow = 'held')
          and not exists (select from movement_log gone
                          where gone.tenant_id = touched.tenant_id and gone.subject = touched.subject and gone.flow = 'released');
    end if;
    return null;
end $$;
