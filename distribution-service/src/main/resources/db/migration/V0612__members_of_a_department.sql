-- Who belongs to a department.
drop index concurrently if exists members_by_department;
create index concurrently members_by_department on members (tenant_id, belongs_to) where belongs_to is not null;
