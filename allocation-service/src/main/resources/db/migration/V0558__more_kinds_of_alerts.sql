alter table business_alerts drop constraint business_alerts_kind_check;
alter table business_alerts add constraint business_alerts_kind_check check (kind in ('pool_low', 'pool_empty', 'budget_exceeded',
    'large_clawback', 'refill_refused', 'refused_calls', 'spend_limit')) not valid;
