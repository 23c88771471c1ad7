-- Closing a month of all tenants: a job, and what came of it for each of them. See ADR 46.
create table closing_jobs (
    job_id         uuid        primary key,
    billing_period date        not null check (extract(day from billing_period) = 1),
    reason         text        not null check (length(reason) <= 2000),
    soft_close     boolean     not null,
    created_by     uuid        not null,
    actor_role     text,
    traceparent    text,
    created_at     timestamptz not null
);
comment on column closing_jobs.soft_close is 'Whether open months are soft-closed first.';
comment on column closing_jobs.actor_role is 'With traceparent: for the events of the months that it closes.';
grant select, insert on closing_jobs to ${app};

create table closing_job_tenants (
    job_id     uuid        not null references closing_jobs,
    tenant_id  uuid        not null,
    failures   integer     not null default 0 check (failures >= 0),
    outcome    text        check (outcome in ('closed', 'already_closed', 'refused', 'failed')),
    refusal    text,
    detail     text,
    decided_at timestamptz,
    primary key (job_id, tenant_id),
    constraint what_is_decided_has_a_time check ((outcome is null) = (decided_at is null)),
    constraint what_is_refused_has_a_reason check ((outcome is not distinct from 'refused') = (refusal is not null))
);
comment on column closing_job_tenants.outcome is 'Null until the tenant''s turn has come.';
comment on column closing_job_tenants.failures is 'How often its transaction has failed so far.';
create index closing_job_tenants_left on closing_job_tenants (failures, job_id, tenant_id) where outcome is null;
grant select, insert, update (failures, outcome, refusal, detail, decided_at) on closing_job_tenants to ${app};
