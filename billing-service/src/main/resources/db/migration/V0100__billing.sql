-- One priced line per allocation or clawback, never changed. ${app} is the restricted login of the running service.
create table platform_billing_logs (
    entry_id       uuid        primary key,
    event_id       uuid        not null unique,
    tenant_id      uuid        not null,
    kind           text        not null check (kind in ('allocation', 'clawback')),
    points         bigint      not null check (abs(points) between 1 and 1000000000000),
    unit_price     numeric     not null check (unit_price >= 0),
    currency       char(3)     not null check (currency ~ '^[A-Z]{3}$'),
    amount_minor   numeric(38) not null,
    pool_version   bigint      not null check (pool_version > 0),
    reference_note text        check (length(reference_note) <= 2000),
    reason         text        check (length(reason) <= 2000),
    created_by     text,
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null default now(),
    constraint one_entry_per_pool_movement unique (tenant_id, pool_version),
    constraint sign_follows_kind check ((kind = 'allocation') = (points > 0)),
    -- An amount may be rounded to 0, but never to the other side.
    constraint amount_has_sign_of_points check (sign(amount_minor) in (0, sign(points::numeric))),
    constraint note_on_allocation_reason_on_clawback
        check ((kind = 'allocation') = (reference_note is not null) and (kind = 'clawback') = (reason is not null))
);
comment on table platform_billing_logs is 'Billing entries for finance; an allocation is positive, a clawback negative.';
comment on column platform_billing_logs.event_id is 'The allocation or clawback event behind the entry.';
comment on column platform_billing_logs.points is 'Signed points.';
comment on column platform_billing_logs.unit_price is 'Price of one point in the currency''s major unit, as fixed in the event.';
comment on column platform_billing_logs.amount_minor is 'Signed amount in the currency''s minor unit (ISO 4217), rounded half even.';
comment on column platform_billing_logs.created_by is 'Subject of the token of whoever moved the points.';
comment on column platform_billing_logs.occurred_at is 'When the points moved.';

-- Listings, newest first, of one tenant and of all.
create index platform_billing_logs_of_tenant on platform_billing_logs (tenant_id, occurred_at desc, entry_id desc);
create index platform_billing_logs_newest on platform_billing_logs (occurred_at desc, entry_id desc);

call make_append_only('platform_billing_logs', '${app}');
