-- Flows that are heard of from now on: points that wait in the pool, that lapse, and awards that are taken back. Locked in the
-- service's own order: tenants first. What stands there fulfils the wider rules, so it is not read again under the table's lock.
lock table billing_tenants in access exclusive mode;
alter table movement_log drop constraint movement_log_flow_check;
alter table movement_log drop constraint movements_of_the_pool_have_versions;
alter table movement_log add constraint movement_log_flow_check check (flow in ('allocated', 'clawed_back', 'distributed',
    'refunded', 'returned', 'delegated', 'awarded_from_pool', 'awarded_from_budget', 'budget_returned', 'pool_reserved',
    'pool_released', 'pool_expired', 'reversed', 'reversed_to_budget', 'earned_returned', 'earned_expired', 'budget_expired',
    'adjusted')) not valid;
alter table movement_log add constraint movements_of_the_pool_have_versions check (
    (flow in ('allocated', 'clawed_back', 'distributed', 'refunded', 'returned', 'pool_reserved', 'pool_released',
              'pool_expired', 'adjusted')) = (pool_version is not null)
    and (pool_version is null) = (balance_after is null)) not valid;

-- What the pool has got back may have left a budget, or a wallet of somebody whose award was taken back or whose points lapsed: the
-- first of these words stands for all three. A subject has one of them.
create function departure(flow text) returns text language sql immutable as $$
    select case when flow = 'distributed' then 'distributed'
                when flow in ('budget_returned', 'reversed', 'earned_returned') then 'budget_returned' end
$$;
comment on function departure is 'For which arrivals a flow is the departure: see awaited_departure. Null of all other flows.';

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
    return null;
end $$;
