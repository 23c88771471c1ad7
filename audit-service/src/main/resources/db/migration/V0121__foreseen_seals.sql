-- Seals that were published and that this database does not have, because it was restored from an older backup. Their
-- leaves are made again in the same order before any other, so that every published checkpoint goes on to fit.
create table audit_foreseen_seals (
    tenant_id uuid   not null,
    tree_size bigint not null,
    root_hash bytea  not null,
    note      text   not null,
    event_ids uuid[] not null,
    primary key (tenant_id, tree_size)
);
comment on column audit_foreseen_seals.event_ids is 'The events behind the newest leaves, in their order; the last one is leaf tree_size - 1.';
grant select, insert, delete on audit_foreseen_seals to ${app};
