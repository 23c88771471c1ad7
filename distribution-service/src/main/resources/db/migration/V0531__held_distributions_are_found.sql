-- What waits for approval, of a tenant, and what has waited too long; and all that needed approval.
drop index concurrently if exists distributions_held;
create index concurrently distributions_held on distributions (tenant_id, id desc) where state = 'HELD';
drop index concurrently if exists distributions_held_until;
create index concurrently distributions_held_until on distributions (held_until) where held_until is not null;
drop index concurrently if exists distributions_needing_approval;
create index concurrently distributions_needing_approval on distributions (tenant_id, id desc) where approval_levels is not null;
