-- What a round of background work cannot handle is left out, tenant by tenant, and all others go on. In a table, so that it
-- is known after a restart, and by every instance.
create table audit_quarantine (
    work      text        not null check (work in ('sealing', 'posting', 'comparison', 'rereading')),
    tenant_id uuid        not null,
    since     timestamptz not null,
    failures  integer     not null check (failures > 0),
    reason    text        not null,
    retry_at  timestamptz not null,
    primary key (work, tenant_id)
);
comment on table audit_quarantine is 'Tenants that a round leaves out until retry_at, which is infinity if only an operator may ask for another try: see docs/audit.md. A row goes when the work has succeeded.';
grant select, insert, update, delete on audit_quarantine to ${app};

-- As V0123 has it, but a subject that is longer than any of ours counts under its digest: the index of audit_transit holds no
-- text of any length, and a record that says too much must not stop the books.
create or replace view points_posted as
select log.sequence,
       case when length(field.subject) <= 200 then field.subject
            else 'sha256:' || encode(sha256(convert_to(field.subject, 'UTF8')), 'hex') end as subject,
       coalesce(field.points, 0) * effect.platform as platform,
       coalesce(field.points, 0) * effect.pool     as pool,
       coalesce(field.points, 0) * effect.transit  as transit,
       coalesce(field.points, 0) * effect.budget   as budget,
       coalesce(field.points, 0) * effect.earned   as earned,
       case when effect.pool <> 0 or effect.mends then points_of(event.data -> 'pool_version') end  as pool_version,
       case when effect.pool <> 0 or effect.mends then points_of(event.data -> 'balance_after') end as balance_after,
       effect.mends
from audit_log log
join (select *, false as mends from points_effects
      union all
      values ('allocation.pool.events.v1', 'PoolAdjusted', null, 'balance_after', 0, 0, 0, 0, 0, true)) effect
  on effect.topic = log.topic and effect.type = log.type
cross join lateral (select log.data::jsonb as data offset 0) event
cross join lateral (select points_of(event.data -> effect.field) as points,
                           coalesce(event.data ->> 'debit_id', log.subject) as subject offset 0) field
where (effect.source is null or effect.source = event.data ->> 'source')
  and (field.points > 0 or effect.mends);

-- When an entry's event was told. A balance that is attested a minute later has the entry, so one that stands before it has lost
-- it, also if it was never attested before.
alter table audit_entries add column told_at timestamptz;
comment on column audit_entries.told_at is 'The event''s time; null if it was put here before this column was.';

create or replace view entries_told as
select log.sequence, log.event_id, log.tenant_id, told.account,
       case when told.holder is null then log.tenant_id else uuid_of(field.holder) end as holder_id,
       field.number as entry_number,
       case when told.sign = 0 then 0 else told.sign * field.amount end as amount,
       told.sign = 0 as mends,
       log.occurred_at as told_at
from audit_log log
join entries_of_events told on told.topic = log.topic and told.type = log.type
cross join lateral (select log.data::jsonb as data offset 0) event
cross join lateral (select event.data ->> told.holder as holder, points_of(event.data -> told.number) as number,
                           points_of(event.data -> told.amount) as amount offset 0) field
where (told.source is null or told.source = event.data ->> 'source')
  and (told.type <> 'WalletAdjusted' or told.account = event.data ->> 'account');

-- As integer_of, but a number that is beyond what every reader can hold counts as the last that is not: what an owner attests is
-- never passed over, least of all if it is absurd.
create function nearest_integer_of(field jsonb) returns bigint language sql immutable parallel safe as $$
    select case when jsonb_typeof(field) = 'number' and scale(field::numeric) = 0
                then least(greatest(field::numeric, -9007199254740991), 9007199254740991)::bigint end
$$;

create or replace view balances_attested as
select log.sequence, log.event_id, log.tenant_id, event.data ->> 'account' as account, field.holder_id,
       field.entry_number, field.stored_balance, field.sum_of_entries, log.occurred_at as attested_at
from audit_log log
cross join lateral (select log.data::jsonb as data offset 0) event
cross join lateral jsonb_array_elements(case when jsonb_typeof(event.data -> 'balances') = 'array'
                                             then event.data -> 'balances' else '[]' end) as balance
cross join lateral (select uuid_of(balance ->> 'holder_id') as holder_id,
                           nearest_integer_of(balance -> 'entry_number') as entry_number,
                           nearest_integer_of(balance -> 'stored_balance') as stored_balance,
                           nearest_integer_of(balance -> 'sum_of_entries') as sum_of_entries offset 0) field
where log.type = 'BalanceAttested'
  and (log.topic, event.data ->> 'account') in (('allocation.pool.events.v1', 'pool'),
                                                ('distribution.wallet.events.v1', 'budget'),
                                                ('distribution.wallet.events.v1', 'earned'));
