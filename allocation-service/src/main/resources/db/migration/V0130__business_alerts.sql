-- What a tenant is to be allocated in a month, append-only: in force is the newest.
create table budget_logs (
    tenant_id      uuid        not null references tenants,
    revision       bigint      not null check (revision > 0),
    monthly_budget bigint      check (monthly_budget between 1 and 1000000000000),
    event_id       uuid        not null unique,
    created_by     uuid        not null,
    created_at     timestamptz not null,
    primary key (tenant_id, revision)
);
comment on column budget_logs.monthly_budget is 'Points per calendar month, UTC; null for none.';
call make_append_only('budget_logs', '${app}');

create or replace view tenants_and_contracts as
select t.id, t.name, t.status, t.points_allocation_balance, t.pool_version, t.allocated, t.clawed_back, t.debited,
       t.credited, t.returned, t.created_at,
       c.revision as contract_revision, c.currency, c.price_per_point, c.po_number, c.cost_centre, c.valid_from,
       (select b.monthly_budget from budget_logs b where b.tenant_id = t.id order by b.revision desc limit 1)
           as monthly_budget
from tenants t cross join lateral contract_at(t.id, now()) c;

-- What somebody should look at.
create table business_alerts (
    id              uuid primary key,
    tenant_id       uuid,
    kind            text        not null
        check (kind in ('pool_low', 'budget_exceeded', 'large_clawback', 'refused_calls')),
    cause           text        not null,
    figures         json        not null,
    state           text        not null check (state in ('open', 'snoozed', 'acknowledged', 'over')),
    snoozed_until   timestamptz,
    acknowledged_by uuid,
    acknowledged_at timestamptz,
    over_at         timestamptz,
    raised_at       timestamptz not null,
    constraint snoozed_until_some_time check ((state = 'snoozed') = (snoozed_until is not null)),
    constraint over_since_some_time check ((state = 'over') = (over_at is not null)),
    constraint acknowledged_by_somebody check (state <> 'acknowledged' or acknowledged_by is not null)
);
comment on column business_alerts.tenant_id is 'Null for an alert about the platform itself. No foreign key: tokens may name any tenant.';
comment on column business_alerts.figures is 'The numbers that raised it, by name.';
create unique index business_alerts_once_for_one_cause on business_alerts (kind, tenant_id, cause) nulls not distinct
    where over_at is null;
create index business_alerts_by_tenant on business_alerts (tenant_id, id desc);
create index business_alerts_open on business_alerts (kind) where state = 'open';
create index business_alerts_snoozed on business_alerts (snoozed_until) where state = 'snoozed';
grant select, insert, update on business_alerts to ${app};

-- The newest calls that were refused: some of each caller, of some callers, whatever comes in.
create table refused_calls (
    caller     text        not null,
    tenant_id  uuid,
    refused_at timestamptz not null
);
grant select, insert, delete on refused_calls to ${app};

-- When it is looked next for what raises and ends alerts: one row, locked by whoever looks.
create table alert_round (
    only_one boolean primary key default true check (only_one),
    due_at   timestamptz not null
);
comment on column alert_round.due_at is 'infinity stops all looking; now() asks for it at once.';
insert into alert_round (due_at) values (now());
grant select, update on alert_round to ${app};
