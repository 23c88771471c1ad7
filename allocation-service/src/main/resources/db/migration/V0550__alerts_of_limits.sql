-- Alerts about what was given of what a company's rules allow: over when the window is.
alter table business_alerts add column ends_at timestamptz;
comment on column business_alerts.ends_at is 'When its cause is over by itself; null: whoever looks for it finds out.';
alter table business_alerts drop constraint business_alerts_kind_check;
alter table business_alerts add constraint business_alerts_kind_check
    check (kind in ('pool_low', 'budget_exceeded', 'large_clawback', 'refused_calls', 'spend_limit')) not valid;
