-- Two more places: what of a pool waits for a decision, and what has lapsed. In every row of points_effects
-- pool + transit + budget + earned + reserved + expired = platform.
create or replace view points_effects (topic, type, source, field, platform, pool, transit, budget, earned, reserved, expired) as values
    ('allocation.pool.events.v1',     'PointsAllocated',    null,     'amount',    1,  1,  0,  0,  0,  0,  0),
    ('allocation.pool.events.v1',     'PointsClawedBack',   null,     'amount',   -1, -1,  0,  0,  0,  0,  0),
    ('allocation.pool.events.v1',     'PoolDebited',        null,     'amount',    0, -1,  1,  0,  0,  0,  0),
    ('allocation.pool.events.v1',     'PoolDebitCancelled', null,     'refunded',  0,  1, -1,  0,  0,  0,  0),
    ('allocation.pool.events.v1',     'PoolRefunded',       null,     'refunded',  0,  1, -1,  0,  0,  0,  0),
    ('allocation.pool.events.v1',     'PointsReturned',     null,     'amount',    0,  1, -1,  0,  0,  0,  0),
    ('allocation.pool.events.v1',     'PoolReserved',       null,     'amount',    0, -1,  0,  0,  0,  1,  0),
    ('allocation.pool.events.v1',     'PoolReleased',       null,     'amount',    0,  1,  0,  0,  0, -1,  0),
    ('allocation.pool.events.v1',     'PoolExpired',        null,     'amount',    0, -1,  0,  0,  0,  0,  1),
    ('distribution.wallet.events.v1', 'PointsDelegated',    null,     'amount',    0,  0, -1,  1,  0,  0,  0),
    ('distribution.wallet.events.v1', 'PointsAwarded',      'pool',   'amount',    0,  0, -1,  0,  1,  0,  0),
    ('distribution.wallet.events.v1', 'PointsAwarded',      'budget', 'amount',    0,  0,  0, -1,  1,  0,  0),
    ('distribution.wallet.events.v1', 'BudgetReturned',     null,     'amount',    0,  0,  1, -1,  0,  0,  0),
    ('distribution.wallet.events.v1', 'AwardReversed',      'pool',   'amount',    0,  0,  1,  0, -1,  0,  0),
    ('distribution.wallet.events.v1', 'AwardReversed',      'budget', 'amount',    0,  0,  0,  1, -1,  0,  0),
    ('distribution.wallet.events.v1', 'EarnedReturned',     null,     'amount',    0,  0,  1,  0, -1,  0,  0),
    ('distribution.wallet.events.v1', 'PointsExpired',      'earned', 'amount',    0,  0,  0,  0, -1,  0,  1),
    ('distribution.wallet.events.v1', 'PointsExpired',      'budget', 'amount',    0,  0,  0, -1,  0,  0,  1);
comment on view points_effects is 'The events that move points, and from where to where. The source is what the event says of it, or of where they go, or of the account.';

alter table audit_books add column reserved bigint not null default 0, add column expired bigint not null default 0;
alter table audit_cuts add column reserved bigint not null default 0, add column expired bigint not null default 0;
comment on column audit_books.reserved is 'Of the pool, waiting for a decision; expired are points that have lapsed.';

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
       effect.mends,
       coalesce(field.points, 0) * effect.reserved as reserved,
       coalesce(field.points, 0) * effect.expired  as expired
from audit_log log
join (select *, false as mends from points_effects
      union all
      values ('allocation.pool.events.v1', 'PoolAdjusted', null, 'balance_after', 0, 0, 0, 0, 0, 0, 0, true)) effect
  on effect.topic = log.topic and effect.type = log.type
cross join lateral (select log.data::jsonb as data offset 0) event
cross join lateral (select points_of(event.data -> effect.field) as points,
                           coalesce(event.data ->> 'debit_id', log.subject) as subject offset 0) field
where (effect.source is null
       or effect.source = coalesce(event.data ->> 'source', event.data ->> 'to', event.data ->> 'account'))
  and (field.points > 0 or effect.mends);

create or replace view entries_of_events (topic, type, source, account, holder, number, amount, sign) as values
    ('allocation.pool.events.v1',     'PointsAllocated',    null,     'pool',   null,             'pool_version', 'amount',    1),
    ('allocation.pool.events.v1',     'PointsClawedBack',   null,     'pool',   null,             'pool_version', 'amount',   -1),
    ('allocation.pool.events.v1',     'PoolDebited',        null,     'pool',   null,             'pool_version', 'amount',   -1),
    ('allocation.pool.events.v1',     'PoolDebitCancelled', null,     'pool',   null,             'pool_version', 'refunded',  1),
    ('allocation.pool.events.v1',     'PoolRefunded',       null,     'pool',   null,             'pool_version', 'refunded',  1),
    ('allocation.pool.events.v1',     'PointsReturned',     null,     'pool',   null,             'pool_version', 'amount',    1),
    ('allocation.pool.events.v1',     'PoolReserved',       null,     'pool',   null,             'pool_version', 'amount',   -1),
    ('allocation.pool.events.v1',     'PoolReleased',       null,     'pool',   null,             'pool_version', 'amount',    1),
    ('allocation.pool.events.v1',     'PoolExpired',        null,     'pool',   null,             'pool_version', 'amount',   -1),
    ('distribution.wallet.events.v1', 'PointsDelegated',    null,     'budget', 'to_user_id',     'wallet_entry', 'amount',    1),
    ('distribution.wallet.events.v1', 'PointsAwarded',      null,     'earned', 'to_user_id',     'wallet_entry', 'amount',    1),
    ('distribution.wallet.events.v1', 'PointsAwarded',      'budget', 'budget', 'from_user_id',   'budget_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'BudgetReturned',     null,     'budget', 'from_user_id',   'wallet_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'AwardReversed',      null,     'earned', 'user_id',        'wallet_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'AwardReversed',      'budget', 'budget', 'budget_user_id', 'budget_entry', 'amount',    1),
    ('distribution.wallet.events.v1', 'EarnedReturned',     null,     'earned', 'user_id',        'wallet_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'PointsExpired',      'earned', 'earned', 'user_id',        'wallet_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'PointsExpired',      'budget', 'budget', 'user_id',        'wallet_entry', 'amount',   -1),
    ('allocation.pool.events.v1',     'PoolAdjusted',       null,     'pool',   null,             'pool_version', null,        0),
    ('distribution.wallet.events.v1', 'WalletAdjusted',     'budget', 'budget', 'user_id',        'wallet_entry', null,        0),
    ('distribution.wallet.events.v1', 'WalletAdjusted',     'earned', 'earned', 'user_id',        'wallet_entry', null,        0);

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
where told.source is null
   or told.source = coalesce(event.data ->> 'source', event.data ->> 'to', event.data ->> 'account');
