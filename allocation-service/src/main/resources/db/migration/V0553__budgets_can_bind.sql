-- What becomes of an allocation beyond a month's budget, and of a large one.
alter table budget_logs add column on_exceed text check (on_exceed in ('alert', 'approve', 'refuse'));
comment on column budget_logs.on_exceed is 'Null: without a budget, and of a version that knew only alerts.';
alter table tenant_settings_logs add column approve_allocations_above bigint
    check (approve_allocations_above between 0 and 1000000000000);
comment on column tenant_settings_logs.approve_allocations_above is
    'More points at once are allocated by two platform admins; null: any by one.';

create or replace view tenants_and_contracts as
select t.id, t.name, t.status, t.points_allocation_balance, t.pool_version, t.allocated, t.clawed_back, t.debited,
       t.credited, t.returned, t.created_at,
       c.revision as contract_revision, c.currency, c.price_per_point, c.po_number, c.cost_centre, c.valid_from,
       (select b.monthly_budget from budget_logs b where b.tenant_id = t.id order by b.revision desc limit 1)
           as monthly_budget,
       (select b.on_exceed from budget_logs b where b.tenant_id = t.id order by b.revision desc limit 1) as on_exceed
from tenants t cross join lateral contract_at(t.id, now()) c;

-- Allocations that take two platform admins.
alter table proposals drop constraint proposals_kind_check;
alter table proposals add constraint proposals_kind_check
    check (kind in ('clawback', 'closing', 'calling_off', 'allocation')) not valid;
alter table proposals add constraint allocation_has_an_amount check (kind <> 'allocation' or amount is not null) not valid;

create table proposed_allocations (
    proposal_id   uuid primary key references proposals,
    currency      text not null,
    expires       text,
    schedule_id   uuid references schedules,
    period        text,
    allocation_id uuid,
    constraint a_run_has_all_of_it check (
        (schedule_id is null) = (period is null) and (schedule_id is null) = (allocation_id is null))
);
comment on table proposed_allocations is 'What a proposal to allocate says besides its amount and its reference note, which is its reason.';
comment on column proposed_allocations.expires is 'When the points lapse, as JSON; null: as the tenant''s settings say at the approval.';
comment on column proposed_allocations.allocation_id is 'Of a run of a schedule: the id that its allocation will have.';
grant select, insert on proposed_allocations to ${app};

alter table schedule_runs add column proposal_id uuid;
comment on column schedule_runs.proposal_id is 'Of one that takes a second platform admin: what is proposed. No foreign key: the run is written first.';
alter table schedule_runs drop constraint schedule_runs_outcome_check;
alter table schedule_runs add constraint schedule_runs_outcome_check
    check (outcome in ('done', 'nothing_to_do', 'refused', 'missed', 'proposed')) not valid;
alter table schedule_runs add constraint proposed_is_a_proposal check ((outcome = 'proposed') = (proposal_id is not null)) not valid;
