-- What members ask managers to give. Nothing is reserved for a wish: who may not give must not lock points.
create table wishes (
    id              uuid        primary key,
    tenant_id       uuid        not null,
    kind            text        not null check (kind in ('budget', 'nomination')),
    asked_by        uuid        not null,
    to_user_id      uuid        not null,
    amount          bigint      not null check (amount between 1 and 1000000000000),
    note            text,
    slot            smallint    not null check (slot between 1 and 5),
    state           text        not null check (state in ('open', 'granted', 'declined', 'withdrawn', 'expired')),
    decisions       smallint    not null default 0,
    decided_by      uuid,
    decided_at      timestamptz,
    decision_reason text,
    distribution_id uuid        unique references distributions,
    expires_at      timestamptz,
    created_at      timestamptz not null,
    constraint it_waits_for_a_time check ((state = 'open') = (expires_at is not null)),
    constraint what_is_granted_is_given check ((state = 'granted') = (distribution_id is not null)),
    constraint nobody_grants_their_own check (state <> 'granted' or (decided_by <> asked_by and decided_by <> to_user_id))
);
comment on column wishes.note is 'Why it is asked for. Personal text: erasable.';
comment on column wishes.slot is 'Each member has five for what is open, so that nobody asks for more at once.';
comment on column wishes.decisions is 'How often it was decided: again, if what was granted could not be given.';
comment on column wishes.decision_reason is 'Why it was declined. Personal text: erasable.';
create unique index wishes_five_each on wishes (tenant_id, asked_by, slot) where state = 'open';
create index wishes_of_tenant on wishes (tenant_id, id desc);
create index wishes_by_asker on wishes (tenant_id, asked_by, id desc);
create index wishes_due on wishes (expires_at) where expires_at is not null;
create index wishes_said_of on wishes (tenant_id, to_user_id) where note is not null or decision_reason is not null;
create index wishes_said_by on wishes (tenant_id, decided_by) where decision_reason is not null;
grant select, insert, update on wishes to ${app};
