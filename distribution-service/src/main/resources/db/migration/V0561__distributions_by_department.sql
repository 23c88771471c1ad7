-- What was given from each department in a month.
drop index concurrently if exists distributions_by_department;
create index concurrently distributions_by_department on distributions (tenant_id, department_id, created_at)
    where department_id is not null;
-- Who gives from some departments alone.
drop index concurrently if exists members_by_scope;
create index concurrently members_by_scope on members (tenant_id) where gives_from is not null;
