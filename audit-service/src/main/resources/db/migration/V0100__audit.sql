-- One record per event of any service, never changed. ${app} is the restricted login of the running service.
create table audit_log (
    sequence    bigint generated always as identity primary key,
    event_id    uuid        not null unique,
    type        text        not null,
    source      text        not null,
    subject     text        not null,
    tenant_id   uuid        not null,
    actor_id    text,
    actor_role  text,
    trace_id    text,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    topic       text        not null,
    data_digest text        not null check (data_digest ~ '^[0-9a-f]{64}$'),
    data        json        not null check (jsonb_typeof(data::jsonb) = 'object')
);
comment on table audit_log is 'Every event that reached a topic, once. Sequence numbers rise, with gaps where a repeat was turned away.';
comment on column audit_log.data_digest is 'SHA-256 of the value''s bytes as they stood on the topic.';
comment on column audit_log.data is 'Those bytes as text: json keeps them as they are, jsonb would not. What jsonb cannot hold is refused all the same.';

create index audit_log_of_tenant on audit_log (tenant_id, sequence desc);
create index audit_log_of_tenant_by_type on audit_log (tenant_id, type, sequence desc);
-- Time rises with sequence but for stragglers, so a summary per block range finds a period at next to no cost.
create index audit_log_by_time on audit_log using brin (occurred_at);

call make_append_only('audit_log', '${app}');

-- What each event moves, per point: from or to the platform, the pool, transit, budget wallets, earned wallets.
-- What leaves one place arrives in another, so pool + transit + budget + earned = platform in every row.
create view points_effects (topic, type, source, field, platform, pool, transit, budget, earned) as values
    ('allocation.pool.events.v1',     'PointsAllocated',    null,     'amount',    1,  1,  0,  0,  0),
    ('allocation.pool.events.v1',     'PointsClawedBack',   null,     'amount',   -1, -1,  0,  0,  0),
    ('allocation.pool.events.v1',     'PoolDebited',        null,     'amount',    0, -1,  1,  0,  0),
    ('allocation.pool.events.v1',     'PoolDebitCancelled', null,     'refunded',  0,  1, -1,  0,  0),
    ('allocation.pool.events.v1',     'PoolRefunded',       null,     'refunded',  0,  1, -1,  0,  0),
    ('allocation.pool.events.v1',     'PointsReturned',     null,     'amount',    0,  1, -1,  0,  0),
    ('distribution.wallet.events.v1', 'PointsDelegated',    null,     'amount',    0,  0, -1,  1,  0),
    ('distribution.wallet.events.v1', 'PointsAwarded',      'pool',   'amount',    0,  0, -1,  0,  1),
    ('distribution.wallet.events.v1', 'PointsAwarded',      'budget', 'amount',    0,  0,  0, -1,  1),
    ('distribution.wallet.events.v1', 'BudgetReturned',     null,     'amount',    0,  0,  1, -1,  0);
comment on view points_effects is 'The events that move points, and from where to where.';
grant select on points_effects to ${app};

-- An integer of a JSON object, within what every reader can hold; null if it is anything else. Audit records whatever
-- has an envelope, so its content may be of any shape.
create function points_of(data json, field text) returns bigint language sql immutable parallel safe as $$
    select case
        when json_typeof(data -> field) = 'number' then
            case when scale((data ->> field)::numeric) = 0 and (data ->> field)::numeric between 0 and 9007199254740991
                 then (data ->> field)::numeric::bigint end
    end
$$;

create view points_moved as
select log.tenant_id,
       coalesce(log.data ->> 'debit_id', log.subject) as subject,
       points * platform as platform,
       points * pool     as pool,
       points * transit  as transit,
       points * budget   as budget,
       points * earned   as earned,
       case when pool <> 0 then points_of(data, 'pool_version') end  as pool_version,
       case when pool <> 0 then points_of(data, 'balance_after') end as balance_after
from audit_log log
join points_effects effect
  on effect.topic = log.topic and effect.type = log.type and (effect.source is null or effect.source = log.data ->> 'source')
cross join lateral points_of(log.data, effect.field) as points
where points > 0;
comment on view points_moved is 'Points that events moved, signed by place. A subject is one allocation, clawback or distribution; the awards of a batch belong to the batch that debited the pool.';
grant select on points_moved to ${app};
