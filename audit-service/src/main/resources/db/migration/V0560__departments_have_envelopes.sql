-- Departments have envelopes within the pool, with entries of their own. What all places hold together does not change by them, so
-- points_effects does not know them: an envelope's points are the pool's.
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
    ('allocation.pool.events.v1',     'PoolDebited',        null,     'department', 'department_id',      'department_entry', 'amount',   -1),
    ('allocation.pool.events.v1',     'PoolDebitCancelled', null,     'department', 'department_id',      'department_entry', 'refunded',  1),
    ('allocation.pool.events.v1',     'PoolRefunded',       null,     'department', 'department_id',      'department_entry', 'refunded',  1),
    ('allocation.pool.events.v1',     'PointsReturned',     null,     'department', 'department_id',      'department_entry', 'amount',    1),
    ('allocation.pool.events.v1',     'PoolExpired',        null,     'department', 'department_id',      'department_entry', 'amount',   -1),
    ('allocation.pool.events.v1',     'PoolPointsMoved',    null,     'department', 'from_department_id', 'from_entry',       'amount',   -1),
    ('allocation.pool.events.v1',     'PoolPointsMoved',    null,     'department', 'to_department_id',   'to_entry',         'amount',    1),
    ('distribution.wallet.events.v1', 'PointsDelegated',    null,     'budget', 'to_user_id',     'wallet_entry', 'amount',    1),
    ('distribution.wallet.events.v1', 'PointsAwarded',      null,     'earned', 'to_user_id',     'wallet_entry', 'amount',    1),
    ('distribution.wallet.events.v1', 'PointsAwarded',      'budget', 'budget', 'from_user_id',   'budget_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'BudgetReturned',     null,     'budget', 'from_user_id',   'wallet_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'AwardReversed',      null,     'earned', 'user_id',        'wallet_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'AwardReversed',      'budget', 'budget', 'budget_user_id', 'budget_entry', 'amount',    1),
    ('distribution.wallet.events.v1', 'EarnedReturned',     null,     'earned', 'user_id',        'wallet_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'PointsExpired',      'earned', 'earned', 'user_id',        'wallet_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'PointsExpired',      'budget', 'budget', 'user_id',        'wallet_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'DistributionHeld',   'budget', 'budget', 'from_user_id',   'budget_entry', 'amount',   -1),
    ('distribution.wallet.events.v1', 'DistributionReleased', 'budget', 'budget', 'from_user_id', 'budget_entry', 'amount',    1),
    ('allocation.pool.events.v1',     'PoolAdjusted',       null,     'pool',   null,             'pool_version', null,        0),
    ('distribution.wallet.events.v1', 'WalletAdjusted',     'budget', 'budget', 'user_id',        'wallet_entry', null,        0),
    ('distribution.wallet.events.v1', 'WalletAdjusted',     'earned', 'earned', 'user_id',        'wallet_entry', null,        0);

-- Only the service that owns an account attests it.
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
                                                ('allocation.pool.events.v1', 'department'),
                                                ('distribution.wallet.events.v1', 'budget'),
                                                ('distribution.wallet.events.v1', 'earned'));
