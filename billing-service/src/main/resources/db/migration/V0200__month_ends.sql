-- Since when a tenant has months, what a proposal to reopen one was about, and what was done with months so far, told.

alter table billing_tenants add column since date check (extract(day from since) = 1);
comment on column billing_tenants.since is
    'First day of the first month in which the tenant was heard of; null if only an older version has heard of it. What was counted before counts too.';

alter table period_log add column turns bigint check (turns >= 0);
comment on column period_log.turns is
    'How often any month of the tenant was closed or reopened before; null in steps of older versions: then their times say it.';
alter table period_log drop constraint period_log_action_check;
alter table period_log add constraint period_log_action_check
    check (action in ('soft_closed', 'closed', 'reopening_proposed', 'reopening_rejected', 'reopened'));

-- Steps of older versions were never told. Under the names and fields of the messages, at the times at which they happened.
insert into outbox (event_id, topic, type, subject, occurred_at, tenant_id, actor_id, actor_role, payload)
select gen_random_uuid(), 'billing.periods.v1',
       case s.action when 'soft_closed' then 'PeriodSoftClosed' when 'closed' then 'PeriodClosed'
                     when 'reopening_proposed' then 'PeriodReopeningProposed' else 'PeriodReopened' end,
       s.tenant_id::text, s.created_at, s.tenant_id, s.created_by::text, 'finance',
       json_strip_nulls(json_build_object(
           'tenant_id', s.tenant_id, 'period', to_char(s.billing_period, 'YYYY-MM'), 'step', s.step,
           'revision', s.closings + case s.action when 'soft_closed' then 1 else 0 end,
           'reason', s.reason, 'created_by', s.created_by,
           'statement_sha256', case when s.action <> 'soft_closed' then s.closed_as end))::text
from (select p.*,
             count(*) filter (where p.action = 'closed') over months as closings,
             (select c.statement_sha256 from period_log c
              where c.tenant_id = p.tenant_id and c.billing_period = p.billing_period and c.action = 'closed'
                and c.step <= p.step order by c.step desc limit 1) as closed_as
      from period_log p
      window months as (partition by p.tenant_id, p.billing_period order by p.step)) s
order by s.tenant_id, s.created_at, s.step;
