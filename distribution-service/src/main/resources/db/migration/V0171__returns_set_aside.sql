-- Almost always empty; what is in it is an operator's case.
drop index concurrently if exists distributions_set_aside;
create index concurrently distributions_set_aside on distributions (tenant_id) where state = 'SET_ASIDE';
