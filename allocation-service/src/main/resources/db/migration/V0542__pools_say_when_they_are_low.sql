-- Below how many points a pool is low. Tenants without a row have never distributed anything, nor said so.
create table pool_thresholds (
    tenant_id uuid   primary key references tenants,
    usual     bigint not null default 0 check (usual >= 0),
    own       bigint check (own between 1 and 1000000000000),
    low_at    bigint not null generated always as (greatest(usual, own)) stored,
    revision  bigint not null default 0 check (revision >= 0)
);
comment on column pool_thresholds.usual is 'By what the tenant distributes in a month, as the scan of alerts has found it last.';
comment on column pool_thresholds.own is 'As a manager of the tenant has said; null if nobody has.';
comment on column pool_thresholds.revision is 'Counts what managers have said.';
grant select, insert, update on pool_thresholds to ${app};
