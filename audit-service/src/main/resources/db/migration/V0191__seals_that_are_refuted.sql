-- A seal on the topic that is of another tree than this database's stops its tenant, at each start anew. Whoever has found out that
-- this database's tree is the true one says so here.
create table audit_refuted_seals (
    tenant_id uuid   not null,
    tree_size bigint not null,
    root_hash bytea  not null check (octet_length(root_hash) = 32),
    primary key (tenant_id, tree_size, root_hash)
);
comment on table audit_refuted_seals is 'Published seals that are known to be of no true tree. Written by operators alone.';
grant select on audit_refuted_seals to ${app};
