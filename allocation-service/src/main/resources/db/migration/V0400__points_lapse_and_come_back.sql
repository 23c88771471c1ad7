-- What becomes of points in wallets besides being awarded and returned: awards are taken back, points lapse.
alter table wallet_movements drop constraint wallet_movements_kind_check;
alter table wallet_movements add constraint wallet_movements_kind_check check (kind in ('delegated', 'awarded_from_pool',
    'awarded_from_budget', 'budget_returned', 'reversed', 'reversed_to_budget', 'earned_returned', 'earned_expired',
    'budget_expired')) not valid;
alter table wallet_totals
    add column reversed bigint not null default 0,
    add column reversed_to_budget bigint not null default 0,
    add column earned_returned bigint not null default 0,
    add column earned_expired bigint not null default 0,
    add column budget_expired bigint not null default 0;
alter table wallet_totals add constraint further_sums_stay_within_64_bits check (
    greatest(reversed, reversed_to_budget, earned_returned, earned_expired, budget_expired) <= 1152921504606846976
    and least(reversed, reversed_to_budget, earned_returned, earned_expired, budget_expired) >= 0) not valid;
