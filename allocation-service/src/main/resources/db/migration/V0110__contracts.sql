-- What a tenant has agreed to pay, append-only: a new contract is a new row, and reprices nothing that was allocated.
create table contract_logs (
    tenant_id       uuid        not null references tenants,
    revision        bigint      not null check (revision > 0),
    currency        char(3)     not null check (currency ~ '^[A-Z]{3}$'),
    price_per_point numeric(19, 8) not null check (price_per_point >= 0),
    po_number       text        check (length(po_number) <= 100),
    cost_centre     text        check (length(cost_centre) <= 100),
    valid_from      timestamptz not null,
    event_id        uuid        not null unique,
    created_by      uuid        not null,
    created_at      timestamptz not null,
    primary key (tenant_id, revision)
);
comment on table contract_logs is
    'In force is the one with the latest valid_from that has come; of two with the same one, the later revision.';
comment on column contract_logs.price_per_point is 'In the currency''s major unit.';
create index contract_logs_in_force on contract_logs (tenant_id, valid_from desc, revision desc);

insert into contract_logs (tenant_id, revision, currency, price_per_point, valid_from, event_id, created_by, created_at)
select t.id, 1, t.currency, t.price_per_point, t.created_at, l.event_id, l.created_by, l.created_at
from tenants t join tenant_logs l on l.tenant_id = t.id and l.revision = 1;

call make_append_only('contract_logs', '${app}');

comment on column tenants.currency is 'As registered. What is in force stands in contract_logs.';
comment on column tenants.price_per_point is 'As registered. What is in force stands in contract_logs.';

-- The first contract holds from the registration on, whatever the clocks of service and database say of each other.
create function contract_at(tenant uuid, moment timestamptz) returns setof contract_logs
language sql stable rows 1 as $$
    select c.* from contract_logs c
    where c.tenant_id = tenant and (c.revision = 1 or c.valid_from <= moment)
    order by c.valid_from desc, c.revision desc limit 1
$$;
comment on function contract_at is 'The contract of a tenant that is in force at a moment.';

create view tenants_and_contracts as
select t.id, t.name, t.status, t.points_allocation_balance, t.pool_version, t.allocated, t.clawed_back, t.debited,
       t.credited, t.returned, t.created_at,
       c.revision as contract_revision, c.currency, c.price_per_point, c.po_number, c.cost_centre, c.valid_from
from tenants t cross join lateral contract_at(t.id, now()) c;
grant select on tenants_and_contracts to ${app};
