-- What is to be done for the undo of a batch, how far it has come, and what it has taken back.
create table batch_undos (
    batch_id         uuid primary key references batches,
    tenant_id        uuid        not null,
    mode             text        not null check (mode in ('all_or_nothing', 'what_is_there')),
    state            text        not null check (state in ('UNDOING', 'UNDONE', 'REFUSED')),
    reason           text        check (reason is null or state = 'UNDOING'),
    reached          integer     not null default 0,
    reversed         integer     not null default 0 check (reversed >= 0),
    amount           bigint      not null default 0 check (amount >= reversed),
    missing          bigint      not null default 0 check (missing >= 0),
    already_reversed integer     not null default 0 check (already_reversed >= 0),
    empty_wallets    integer     not null default 0 check (empty_wallets >= 0),
    requested_by     uuid        not null,
    requested_role   text        not null,
    traceparent      text,
    created_at       timestamptz not null
);
comment on column batch_undos.state is 'Refused: a wallet held too little when it was its turn, and nothing moved. It can be asked for again.';
comment on column batch_undos.reason is 'Personal text: erasable. The reversals have it; it is gone from here when they are made.';
comment on column batch_undos.reached is 'The last line whose award has been taken back or passed over.';
create index batch_undos_open on batch_undos (batch_id) where state = 'UNDOING';
create index batch_undos_open_by_requester on batch_undos (tenant_id, requested_by) where state = 'UNDOING';
grant select, insert, update on batch_undos to ${app};
