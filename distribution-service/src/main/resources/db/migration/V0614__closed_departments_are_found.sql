-- Those whose envelopes are to be empty.
drop index concurrently if exists closed_departments;
create index concurrently closed_departments on departments (tenant_id, department_id) where closed_by is not null;
