-- Members are found by what their names begin with, whatever their case, in the order of their names: those of one role at a time, so
-- that a few managers among many employees are found at once. Whoever has no name comes after all who have one.
drop index concurrently if exists members_by_name;
create index concurrently members_by_name
    on members (tenant_id, role, active, coalesce(lower(display_name collate "pg_c_utf8"), U&'\+10FFFF'), user_id);

-- The same in the order of their ids.
drop index concurrently if exists members_by_role;
create index concurrently members_by_role on members (tenant_id, role, active, user_id);

-- By what their addresses begin with, or are.
drop index concurrently if exists members_by_email;
create index concurrently members_by_email on members (tenant_id, lower(email collate "pg_c_utf8")) where email is not null;
