-- Out of whose envelope a batch comes.
alter table batches add column department_id uuid;
comment on column batches.department_id is 'Out of whose envelope its points come; null: out of none.';
