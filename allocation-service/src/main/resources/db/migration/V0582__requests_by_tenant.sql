-- What managers of a tenant ask for.
drop index concurrently if exists proposals_asked_for;
create index concurrently proposals_asked_for on proposals (tenant_id, id desc) where asked_by_tenant;
