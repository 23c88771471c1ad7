-- What is in a closed department's envelope goes back to the pool by itself, also what comes back to it later.
alter table departments add column closed_by uuid, add column emptied_entry bigint;
comment on column departments.closed_by is 'The manager who closed it, in whose name its points are moved; null if an older version closed it, which moves none.';
comment on column departments.emptied_entry is 'The entry of the envelope at which it was last emptied: at each it is tried once.';
