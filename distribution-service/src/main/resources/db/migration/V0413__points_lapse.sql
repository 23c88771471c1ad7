-- Which tenants' wallets are gone through when: each local day once, for what lapses and for what its owners are to be told.
create table expiry_rounds (
    tenant_id   uuid primary key,
    due_at      timestamptz not null,
    reached     uuid        not null default '00000000-0000-0000-0000-000000000000',
    waits_until date
);
comment on column expiry_rounds.due_at is 'When the next local day begins that its wallets were not gone through on.';
comment on column expiry_rounds.reached is 'The member up to whom that has come.';
comment on column expiry_rounds.waits_until is 'Nothing lapses up to this day: the tenant was suspended until shortly before.';
create index expiry_rounds_due on expiry_rounds (due_at);
grant select, insert, update on expiry_rounds to ${app};
insert into expiry_rounds (tenant_id, due_at) select tenant_id, now() from policies where revision > 0;

-- What owners of points were told before these lapse.
create table expiry_notices (
    tenant_id  uuid        not null,
    user_id    uuid        not null,
    kind       text        not null check (kind in ('budget', 'earned')),
    expires_on date        not null,
    days       integer     not null check (days > 0),
    points     bigint      not null check (points > 0),
    told_on    date        not null,
    event_id   uuid        not null unique,
    created_at timestamptz not null,
    primary key (tenant_id, user_id, kind, expires_on, days)
);
comment on column expiry_notices.days is 'So long before; the points stay for as long from told_on, even if it was told late.';
comment on column expiry_notices.told_on is 'The local day.';
grant select, insert on expiry_notices to ${app};

alter table wallet_ledger add column cause text;
comment on column wallet_ledger.cause is 'expiry: the points have lapsed, and distribution_id is that of the lapse. Null: a distribution, or an adjustment.';
-- Held against the rows that are there in a script of its own, which lets others go on.
alter table wallet_ledger add constraint wallet_ledger_cause_check check (cause in ('expiry')) not valid;
