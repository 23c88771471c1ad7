-- Members, wallets, and the distributions between them and the pool. Amounts and balances are points.
create table members (
    tenant_id    uuid        not null,
    user_id      uuid        not null,
    role         text        not null check (role in ('manager', 'lead', 'employee')),
    active       boolean     not null,
    display_name text,
    email        text,
    revision     bigint      not null,
    enrolled_at  timestamptz not null,
    updated_at   timestamptz not null,
    primary key (tenant_id, user_id)
);
comment on table members is 'The directory: who may receive what. Names and addresses stand here and nowhere else.';
grant select, insert, update on members to ${app};

create table wallets (
    tenant_id    uuid   not null,
    user_id      uuid   not null,
    kind         text   not null check (kind in ('budget', 'earned')),
    balance      bigint not null default 0,
    entry_number bigint not null default 0,
    primary key (tenant_id, user_id, kind),
    constraint positive_balance check (balance >= 0)
);
comment on column wallets.entry_number is 'Number of the newest wallet_ledger entry; 0 if there is none.';
grant select, insert, update on wallets to ${app};

create table wallet_ledger (
    tenant_id       uuid        not null,
    user_id         uuid        not null,
    kind            text        not null,
    entry_number    bigint      not null check (entry_number > 0),
    amount          bigint      not null check (amount <> 0),
    balance_after   bigint      not null check (balance_after >= 0),
    distribution_id uuid        not null,
    event_id        uuid        not null,
    created_at      timestamptz not null,
    primary key (tenant_id, user_id, kind, entry_number),
    foreign key (tenant_id, user_id, kind) references wallets,
    constraint one_entry_per_distribution_and_wallet unique (distribution_id, user_id, kind)
);
comment on column wallet_ledger.amount is 'Signed: positive into the wallet, negative out of it.';
create index wallet_ledger_newest_first on wallet_ledger (tenant_id, user_id, created_at desc, kind, entry_number desc);
call make_append_only('wallet_ledger', '${app}');

create table distributions (
    id             uuid primary key,
    tenant_id      uuid        not null,
    kind           text        not null check (kind in ('delegation', 'award', 'return', 'batch')),
    source         text        not null check (source in ('pool', 'budget')),
    state          text        not null check (state in ('REQUESTED', 'RETURNING', 'COMPLETED', 'REJECTED', 'CANCELLING',
                                                         'CANCELLED', 'COMPENSATING', 'COMPENSATED', 'SET_ASIDE')),
    reason         text,
    from_user_id   uuid        not null,
    to_user_id     uuid,
    amount         bigint      not null,
    debit_id       uuid references distributions,
    reference_type text,
    description    text,
    requested_by   uuid        not null,
    requested_role text        not null,
    traceparent    text,
    deadline       timestamptz,
    due_at         timestamptz,
    asked_again    integer     not null default 0,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    constraint amount_in_range
        check (amount between 1 and case kind when 'return' then 9007199254740991 else 1000000000000 end),
    constraint nobody_awards_themselves check (from_user_id <> to_user_id),
    constraint only_a_return_or_a_batch_goes_to_nobody
        check ((kind in ('return', 'batch')) = (to_user_id is null)),
    constraint open_means_due
        check ((state in ('REQUESTED', 'RETURNING', 'CANCELLING', 'COMPENSATING')) = (due_at is not null))
);
comment on table distributions is 'The saga: one row per distribution, from its request to its one final state.';
comment on column distributions.debit_id is 'The batch under whose id the pool was debited; null if it was debited under this one''s own.';
comment on column distributions.due_at is 'When the saga acts on its own if nothing was heard: cancels, or asks again.';
create index distributions_due on distributions (due_at) where due_at is not null;
create index distributions_by_tenant on distributions (tenant_id, id desc);
create index distributions_by_giver on distributions (tenant_id, from_user_id, id desc);
create index distributions_by_receiver on distributions (tenant_id, to_user_id, id desc);
grant select, insert, update on distributions to ${app};

create table distribution_logs (
    distribution_id uuid        not null references distributions,
    tenant_id       uuid        not null,
    state           text        not null,
    reason          text,
    kind            text        not null,
    from_user_id    uuid        not null,
    to_user_id      uuid,
    amount          bigint      not null,
    created_at      timestamptz not null,
    primary key (distribution_id, state)
);
create unique index distribution_logs_one_final_state on distribution_logs (distribution_id)
    where state in ('COMPLETED', 'REJECTED', 'CANCELLED', 'COMPENSATED');
call make_append_only('distribution_logs', '${app}');

-- Awards to many receivers, asked for at once. An all-or-nothing batch is a distribution as well, under the same id.
create table batches (
    id             uuid primary key,
    tenant_id      uuid        not null,
    mode           text        not null check (mode in ('all_or_nothing', 'each')),
    receivers      integer     not null check (receivers between 1 and 10000),
    amount         bigint      not null check (amount between 1 and 1000000000000),
    description    text,
    begun_to       integer     not null default 0,
    waiting        boolean     not null default true,
    requested_by   uuid        not null,
    requested_role text        not null,
    traceparent    text,
    created_at     timestamptz not null
);
comment on column batches.begun_to is 'The last line of which a distribution has been made, or which was refused.';
comment on column batches.waiting is 'Whether distributions are yet to be made of it.';
create index batches_waiting on batches (id) where waiting;
create index batches_by_tenant on batches (tenant_id, id desc);
grant select, insert, update on batches to ${app};

create table batch_lines (
    batch_id        uuid    not null references batches,
    line            integer not null check (line > 0),
    to_user_id      uuid    not null,
    amount          bigint  not null check (amount between 1 and 1000000000000),
    description     text,
    distribution_id uuid    not null,
    reason          text,
    primary key (batch_id, line)
);
comment on column batch_lines.line is 'Where it stood in the request: the line of the CSV, or the place in the JSON, from 1.';
comment on column batch_lines.reason is 'Why no distribution was made of it; null if one was, or will be.';
grant select, insert, update on batch_lines to ${app};

create view batch_receivers as
select b.tenant_id, l.batch_id, l.line, l.to_user_id, l.amount, d.id as distribution_id,
       case when l.reason is not null then 'refused'
            when coalesce(d.state, whole.state) = 'COMPLETED' then 'completed'
            when coalesce(d.state, whole.state) in ('REJECTED', 'CANCELLED', 'COMPENSATED') then 'refused'
            else 'accepted' end as state,
       coalesce(l.reason, d.reason, whole.reason) as reason
from batches b
join batch_lines l on l.batch_id = b.id
left join distributions d on d.id = l.distribution_id
left join distributions whole on whole.id = b.id;
comment on view batch_receivers is 'What has become of each line of a batch.';
grant select on batch_receivers to ${app};

create table recognitions (
    distribution_id uuid primary key references distributions,
    tenant_id       uuid not null,
    message         text not null,
    value_name      text,
    visibility      text not null check (visibility in ('public', 'private'))
);
comment on table recognitions is 'What was said with an award. Personal text: erasable.';
grant select, insert, update, delete on recognitions to ${app};

create table feed (
    id              uuid primary key,
    tenant_id       uuid        not null,
    kind            text        not null
        check (kind in ('allocation', 'clawback', 'delegation', 'award', 'recognition', 'return')),
    audience        text        not null check (audience in ('managers', 'involved', 'tenant')),
    actor_id        uuid,
    receiver_id     uuid,
    amount          bigint      not null,
    distribution_id uuid,
    event_id        uuid        not null unique,
    occurred_at     timestamptz not null
);
create index feed_by_tenant on feed (tenant_id, id desc);
create index feed_by_actor on feed (tenant_id, actor_id, id desc);
create index feed_by_receiver on feed (tenant_id, receiver_id, id desc);
grant select, insert, delete on feed to ${app};

create table pool_balances (
    tenant_id uuid primary key,
    balance   bigint      not null default 0,
    version   bigint      not null default 0,
    status    text        not null default 'active',
    revision  bigint      not null default 0,
    as_of     timestamptz
);
comment on table pool_balances is 'What the pool events told last. It informs; it never refuses an award from the pool.';
grant select, insert, update on pool_balances to ${app};
