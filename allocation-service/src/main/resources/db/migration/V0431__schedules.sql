-- What is done for a tenant again and again, by its calendar.
create table schedules (
    id             uuid primary key,
    tenant_id      uuid        not null references tenants,
    what           text        not null check (what in ('allocate')),
    revision       bigint      not null check (revision > 0),
    name           text        not null check (length(name) between 1 and 100),
    mode           text        not null check (mode in ('add', 'top_up')),
    amount         bigint      not null check (amount between 1 and 1000000000000),
    currency       char(3)     not null check (currency ~ '^[A-Z]{3}$'),
    reference_note text        not null check (length(reference_note) between 1 and 500),
    every          text        not null check (every in ('day', 'week', 'month', 'quarter', 'year')),
    day            text        check (length(day) <= 10),
    at             time        not null,
    starts_on      date        not null,
    ends_on        date        check (ends_on >= starts_on),
    catch_up       text        not null check (catch_up in ('all', 'newest', 'none')),
    state          text        not null check (state in ('active', 'paused', 'ended')),
    next_period    text        not null,
    next_due_at    timestamptz,
    runs           bigint      not null default 0 check (runs >= 0),
    created_by     uuid        not null,
    created_at     timestamptz not null,
    constraint due_while_active check ((state = 'active') = (next_due_at is not null))
);
comment on column schedules.amount is 'Points: what is added, or what the pool is filled up to.';
comment on column schedules.at is 'Time of day in the tenant''s time zone.';
comment on column schedules.next_period is 'Label of the period that runs next, or that would if it were not paused.';
comment on column schedules.runs is 'Number of the newest run; 0 if there is none.';
create index schedules_due on schedules (next_due_at, id) where next_due_at is not null;
create index schedules_by_tenant on schedules (tenant_id, id desc);
create index schedules_by_state on schedules (state, id desc);
grant select, insert, update on schedules to ${app};

create table schedule_logs (
    schedule_id    uuid        not null references schedules,
    revision       bigint      not null,
    tenant_id      uuid        not null,
    what           text        not null,
    name           text        not null,
    mode           text        not null,
    amount         bigint      not null,
    currency       char(3)     not null,
    reference_note text        not null,
    every          text        not null,
    day            text,
    at             time        not null,
    starts_on      date        not null,
    ends_on        date,
    catch_up       text        not null,
    state          text        not null,
    event_id       uuid        not null unique,
    created_by     uuid,
    created_at     timestamptz not null,
    primary key (schedule_id, revision)
);
comment on column schedule_logs.created_by is 'Null if the schedule came to its end by itself.';
call make_append_only('schedule_logs', '${app}');

-- A period is run once, whoever runs it, whenever, and however often: that is this table's keys, and no lock.
create table schedule_runs (
    schedule_id   uuid        not null references schedules,
    period        text        not null check (length(period) between 4 and 10),
    attempt       integer     not null check (attempt > 0),
    number        bigint      not null check (number > 0),
    outcome       text        not null check (outcome in ('done', 'nothing_to_do', 'refused', 'missed')),
    reason        text,
    allocation_id uuid        unique,
    amount        bigint,
    due_at        timestamptz not null,
    event_id      uuid        not null unique,
    created_by    uuid,
    created_at    timestamptz not null,
    primary key (schedule_id, period, attempt),
    unique (schedule_id, number),
    constraint done_is_an_allocation check ((outcome = 'done') = (allocation_id is not null and amount is not null)),
    constraint refused_for_a_reason check ((outcome = 'refused') = (reason is not null))
);
comment on column schedule_runs.created_by is 'Who tried again; null if the schedule ran by itself.';
create unique index schedule_runs_done_once on schedule_runs (schedule_id, period) where outcome in ('done', 'nothing_to_do');
grant select, insert on schedule_runs to ${app};

alter table allocation_logs add column schedule_id uuid, add column period text;
comment on column allocation_logs.schedule_id is 'The schedule that made it; null if somebody did by hand.';
