-- Records of tenants that are left out of sealing wait here, out of everybody else's way: among the others, each turn would
-- read past all of them. The sealer puts them aside when it meets them, and takes them back when their tenant's time has come.
create table audit_unsealed_held (
    tenant_id uuid   not null,
    sequence  bigint not null unique,
    primary key (tenant_id, sequence)
);
comment on table audit_unsealed_held is 'Sequence numbers in audit_log of records that wait for their leaf, and whose tenant is left out of sealing.';
grant select, insert, delete on audit_unsealed_held to ${app};

create view audit_waiting as
    select sequence from audit_unsealed union all select sequence from audit_unsealed_held;
comment on view audit_waiting is 'All records that have no leaf yet.';
grant select on audit_waiting to ${app};
