-- The journal in batches, each of which an accountant imports once. See ADR 45.

create table journal_batch_log (
    number              bigint      primary key check (number > 0),
    billing_period      date        not null check (extract(day from billing_period) = 1),
    made_at             timestamptz not null,
    entries             integer     not null check (entries > 0),
    receivable_account  text        not null,
    prepayments_account text        not null,
    currencies          text[]      not null,
    debits              numeric[]   not null,
    content             text        not null,
    content_sha256      text        not null check (content_sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
    constraint each_currency_has_its_debits check (cardinality(currencies) = cardinality(debits))
);
comment on table journal_batch_log is 'Batches of the journal, numbered without gaps: what an accountant has got stays as it was.';
comment on column journal_batch_log.receivable_account is 'Account codes as they were set when the batch was made.';
comment on column journal_batch_log.debits is 'Sum of the debits in each of the currencies, in the major unit; that of the credits is the same.';
comment on column journal_batch_log.content is 'The CSV file, as it is sent.';
call make_append_only('journal_batch_log', '${app}');

create table journal_entries (
    entry_id       uuid    primary key,
    tenant_id      uuid    not null,
    billing_period date    not null,
    pool_version   bigint  not null,
    line           integer not null,
    batch          bigint
);
comment on table journal_entries is 'Billing entries that have journal lines, which are those with an amount. Kept by a trigger.';
comment on column journal_entries.batch is 'The batch that has its lines; null until there is one.';
create index journal_entries_due on journal_entries (billing_period, tenant_id, pool_version, line) where batch is null;
grant select, insert, update (batch) on journal_entries to ${app};

create function keep_journal_entries() returns trigger language plpgsql as $$
begin
    insert into journal_entries (entry_id, tenant_id, billing_period, pool_version, line)
    select x_entry_id, billing_account_id, (billing_period_start at time zone 'UTC')::date, x_pool_version, x_line
    from fresh where x_amount_minor <> 0;
    return null;
end $$;

-- From here on no older version can write an entry past the table: creating the trigger waits for whoever is writing.
create trigger journal_entries after insert on platform_billing_logs
    referencing new table as fresh for each statement execute function keep_journal_entries();

insert into journal_entries (entry_id, tenant_id, billing_period, pool_version, line)
select x_entry_id, billing_account_id, (billing_period_start at time zone 'UTC')::date, x_pool_version, x_line
from platform_billing_logs where x_amount_minor <> 0;

create trigger once_in_a_batch before update on journal_entries
    for each row when (old.batch is not null) execute function refuse_change();
