-- A tenant's departments, a tree, and from whose envelopes within the pool distributions come. The envelopes are allocation-service's.
create table departments (
    tenant_id     uuid        not null,
    department_id uuid        not null,
    name          text        not null check (length(name) between 1 and 200),
    parent_id     uuid,
    revision      bigint      not null check (revision > 0),
    closed        boolean     not null,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    primary key (tenant_id, department_id),
    constraint part_of_a_department_of_the_tenant foreign key (tenant_id, parent_id) references departments,
    constraint no_part_of_itself check (parent_id <> department_id)
);
comment on column departments.name is 'What a part of a company is called, and no person.';
comment on column departments.revision is 'Counts the department''s changes from 1.';
create index departments_by_parent on departments (tenant_id, parent_id) where parent_id is not null;
grant select, insert, update on departments to ${app};

create table department_balances (
    tenant_id     uuid   not null,
    department_id uuid   not null,
    balance       bigint not null,
    entry_number  bigint not null,
    primary key (tenant_id, department_id)
);
comment on table department_balances is 'What is in the envelopes, as the pool''s events tell it: it informs, and decides nothing.';
grant select, insert, update on department_balances to ${app};

alter table members add column gives_from uuid[];
comment on column members.gives_from is 'The departments that this manager gives from, and from nothing else; null: from any, or none.';

alter table distributions
    add column department_id uuid,
    add column to_department_id uuid;
comment on column distributions.department_id is 'Out of whose envelope the points come; null: out of none.';
comment on column distributions.to_department_id is 'Into whose envelope they go; null: into none.';
alter table distributions drop constraint distributions_kind_check;
alter table distributions add constraint distributions_kind_check
    check (kind in ('delegation', 'award', 'return', 'batch', 'reversal', 'lapse', 'transfer')) not valid;
alter table distributions drop constraint who_goes_to_nobody;
alter table distributions add constraint who_goes_to_nobody
    check (kind = 'reversal' or (kind in ('return', 'batch', 'lapse', 'transfer')) = (to_user_id is null)) not valid;
alter table distributions add constraint from_one_to_another
    check (kind <> 'transfer' or department_id is distinct from to_department_id) not valid;
