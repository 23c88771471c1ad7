-- Of one category, newest first.
drop index concurrently if exists platform_billing_logs_of_category;
create index concurrently platform_billing_logs_of_category
    on platform_billing_logs (charge_category, charge_period_start desc, x_entry_id desc);
-- What concerns an earlier month than its own.
drop index concurrently if exists platform_billing_logs_corrections;
create index concurrently platform_billing_logs_corrections on platform_billing_logs (charge_period_start desc, x_entry_id desc)
    where charge_class is not null;
-- An invoice's id may be longer than what a b-tree holds.
drop index concurrently if exists platform_billing_logs_of_invoice;
create index concurrently platform_billing_logs_of_invoice on platform_billing_logs using hash (invoice_id);
drop index concurrently if exists platform_billing_logs_of_order;
create index concurrently platform_billing_logs_of_order
    on platform_billing_logs (x_po_number, charge_period_start desc, x_entry_id desc) where x_po_number is not null;
