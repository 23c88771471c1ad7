-- Of two departments, one rule tells twice.
drop index concurrently if exists limit_alert_log_key;
create unique index concurrently limit_alert_log_key
    on limit_alert_log (tenant_id, rule, giver_id, receiver_id, in_window, department_id, percent);
