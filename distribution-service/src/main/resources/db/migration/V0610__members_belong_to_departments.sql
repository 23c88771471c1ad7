-- Which department a member belongs to. An older version neither knows nor changes it; it reads members beside a column department_id,
-- so this one has another name.
alter table members add column belongs_to uuid;
comment on column members.belongs_to is 'The department that they belong to; null: to none.';
alter table members add constraint members_belong_to_a_department_of_the_tenant
    foreign key (tenant_id, belongs_to) references departments not valid;
