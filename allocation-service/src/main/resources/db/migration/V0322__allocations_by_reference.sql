-- Whether a reference note was used before. It may be longer than an index can hold, so by its digest.
drop index concurrently if exists allocation_logs_by_reference;
create index concurrently allocation_logs_by_reference on allocation_logs (tenant_id, md5(reference_note), id desc)
    where kind = 'allocation';
