-- What an erasure looks for.
drop index concurrently if exists batches_by_requester;
create index concurrently batches_by_requester on batches (tenant_id, requested_by) where not erased;

drop index concurrently if exists batch_lines_by_receiver;
create index concurrently batch_lines_by_receiver on batch_lines (to_user_id) where not erased;

drop index concurrently if exists returns_by_requester;
create index concurrently returns_by_requester on distributions (tenant_id, requested_by, id) where kind = 'return';
