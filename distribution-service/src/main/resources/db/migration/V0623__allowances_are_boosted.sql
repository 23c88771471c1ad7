-- What members may give more in one month than their allowance says: once each month.
create table boosts (
    id         uuid        primary key,
    tenant_id  uuid        not null,
    user_id    uuid        not null,
    month      text        not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
    points     bigint      not null check (points between 1 and 1000000000000),
    note       text,
    boosted_by uuid        not null,
    created_at timestamptz not null,
    constraint once_each_month unique (tenant_id, user_id, month)
);
comment on column boosts.month is 'Of the tenant''s calendar, such as 2026-11.';
comment on column boosts.note is 'Why. Personal text: erasable.';
create index boosts_of_tenant on boosts (tenant_id, id desc);
create index boosts_said_by on boosts (tenant_id, boosted_by) where note is not null;
grant select, insert, update on boosts to ${app};
