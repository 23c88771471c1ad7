-- While events are recorded; the trigger looks after those.
insert into movements_ahead (event_id, tenant_id, subject, billing_period, awaits)
select arrived.event_id, arrived.tenant_id, arrived.subject, arrived.billing_period, awaited_departure(arrived.flow)
from movement_log arrived
where awaited_departure(arrived.flow) is not null
  and not exists (select from movement_log gone
                  where gone.tenant_id = arrived.tenant_id and gone.subject = arrived.subject
                    and gone.flow in ('distributed', 'budget_returned')
                    and gone.flow = awaited_departure(arrived.flow))
on conflict do nothing;
