-- Points wait for approval on their way from the pool, or from a budget.
alter table wallet_movements drop constraint wallet_movements_kind_check;
alter table wallet_movements add constraint wallet_movements_kind_check check (kind in ('delegated', 'awarded_from_pool',
    'awarded_from_budget', 'budget_returned', 'reversed', 'reversed_to_budget', 'earned_returned', 'earned_expired',
    'budget_expired', 'held', 'held_from_budget', 'released', 'released_to_budget')) not valid;
alter table wallet_totals
    add column held bigint not null default 0,
    add column held_from_budget bigint not null default 0,
    add column released bigint not null default 0,
    add column released_to_budget bigint not null default 0;
alter table wallet_totals add constraint sums_of_holds_stay_within_64_bits check (
    greatest(held, held_from_budget, released, released_to_budget) <= 1152921504606846976
    and least(held, held_from_budget, released, released_to_budget) >= 0) not valid;
