-- What was booked in a later month than it happened in, and has it been moved: once at most.
drop index concurrently if exists platform_billing_logs_late;
create index concurrently platform_billing_logs_late on platform_billing_logs (billing_account_id, charge_period_start)
    where billing_period_start > charge_period_start and x_reversed_entry_id is null;
drop index concurrently if exists platform_billing_logs_reversed;
create unique index concurrently platform_billing_logs_reversed on platform_billing_logs (x_reversed_entry_id)
    where x_reversed_entry_id is not null;
drop index concurrently if exists platform_billing_logs_rebooked;
create unique index concurrently platform_billing_logs_rebooked on platform_billing_logs (x_rebooked_entry_id)
    where x_rebooked_entry_id is not null;
drop index concurrently if exists platform_billing_logs_moved;
create index concurrently platform_billing_logs_moved on platform_billing_logs (billing_account_id, billing_period_start)
    where x_move_reason is not null;
