-- A tenant can be closed: see docs/closing.md.
alter table tenants drop constraint tenants_status_check;
alter table tenants add constraint tenants_status_check check (status in ('active', 'suspended', 'closing', 'closed')) not valid;

-- The terms of a closing, and how far it is. It is proposed by one platform admin and approved by another: its proposal has the same id.
create table closings (
    id              uuid primary key,
    tenant_id       uuid        not null references tenants,
    earned_until    date        not null,
    unspent         text        not null check (unspent in ('credit', 'expire')),
    earned_then     text        not null check (earned_then in ('credit', 'expire')),
    begun_at        timestamptz,
    begun_by        uuid,
    recalled        bigint      not null default 0 check (recalled >= 0),
    recalled_at     timestamptz,
    emptied         bigint      not null default 0 check (emptied >= 0),
    emptied_at      timestamptz,
    drained         bigint      not null default 0 check (drained >= 0),
    closed_at       timestamptz,
    called_off_at   timestamptz,
    constraint begun_by_somebody check ((begun_at is null) = (begun_by is null)),
    constraint one_step_after_the_other check (
        (recalled_at is null or begun_at is not null) and (emptied_at is null or recalled_at is not null)
        and (closed_at is null or emptied_at is not null)),
    constraint closed_or_called_off check (closed_at is null or called_off_at is null)
);
comment on column closings.earned_until is 'The last day on which earned points can be used, in the tenant''s time zone.';
comment on column closings.unspent is 'What becomes of what was never awarded: it is clawed back and credited, or it lapses.';
comment on column closings.earned_then is 'What becomes of earned points after that day: credited ones go back to the pool first.';
comment on column closings.recalled is 'Points that budgets gave back.';
comment on column closings.emptied is 'Earned points that have lapsed or gone back to the pool.';
comment on column closings.drained is 'Points that were clawed back out of the pool, or lapsed in it.';
create unique index one_closing_under_way on closings (tenant_id) where begun_at is not null and called_off_at is null;
create index closings_by_tenant on closings (tenant_id, id desc);
create index closings_to_be_drained on closings (tenant_id) where emptied_at is not null and closed_at is null and called_off_at is null;
grant select, insert, update on closings to ${app};
