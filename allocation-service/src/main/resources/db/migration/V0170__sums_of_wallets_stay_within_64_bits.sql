-- What the statistics add up can be added up. Totals stop there by themselves; only what is written past the service is refused.
alter table wallet_totals add constraint sums_stay_within_64_bits check (
    greatest(delegated, awarded_from_pool, awarded_from_budget, budget_returned) <= 1152921504606846976
    and least(delegated, awarded_from_pool, awarded_from_budget, budget_returned) >= 0) not valid;
