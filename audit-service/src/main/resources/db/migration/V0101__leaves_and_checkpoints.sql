-- Each tenant's records are the leaves of a Merkle tree (RFC 9162, 2.1), in the order in which they were sealed.

-- Records that have no leaf yet. The sealer takes a row out in the transaction that makes its leaf.
create table audit_unsealed (
    sequence bigint primary key
);
comment on table audit_unsealed is 'Sequence numbers in audit_log of records that wait for their leaf.';
alter table audit_unsealed set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
grant select, insert, delete on audit_unsealed to ${app};

insert into audit_unsealed select sequence from audit_log;

create table audit_leaf_log (
    tenant_id  uuid   not null,
    leaf_index bigint not null check (leaf_index >= 0),
    sequence   bigint not null unique,
    hashes     bytea  not null check (octet_length(hashes) > 0 and octet_length(hashes) % 32 = 0),
    primary key (tenant_id, leaf_index)
);
comment on table audit_leaf_log is 'One leaf per audit record; indexes run from 0 without a gap.';
comment on column audit_leaf_log.hashes is
    'The leaf''s hash, then those of the complete subtrees of 2, 4, 8 … leaves that end with it. So every hash that a proof needs stands in one known row.';
call make_append_only('audit_leaf_log', '${app}');

create table audit_checkpoint_log (
    tenant_id uuid        not null,
    tree_size bigint      not null check (tree_size > 0),
    root_hash bytea       not null check (octet_length(root_hash) = 32),
    note      text        not null,
    signed_at timestamptz not null,
    primary key (tenant_id, tree_size)
);
comment on table audit_checkpoint_log is 'What was signed and published: see docs/audit.md.';
call make_append_only('audit_checkpoint_log', '${app}');
