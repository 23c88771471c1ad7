alter table tenants validate constraint tenants_status_check;
