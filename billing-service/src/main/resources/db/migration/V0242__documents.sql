-- Invoices and credit notes with numbers, which are given when a month is closed. See ADR 50.

create table document_series (
    series text    not null check (series ~ '^[A-Z][A-Z0-9-]*$' and length(series) <= 20),
    year   integer not null check (year between 1970 and 9999),
    last   bigint  not null check (last >= 0),
    primary key (series, year)
);
comment on table document_series is
    'The last number of each series and year. Its row is locked until the closing that takes one is committed, so there are no gaps.';
grant select, insert, update on document_series to ${app};

create table billing_document_log (
    number         text        primary key,
    tenant_id      uuid        not null references billing_tenants,
    billing_period date        not null check (extract(day from billing_period) = 1),
    revision       integer     not null check (revision > 0),
    kind           text        not null check (kind in ('invoice', 'credit_note')),
    currency       char(3)     not null check (currency ~ '^[A-Z]{3}$'),
    total_minor    numeric(38) not null,
    corrects       text[]      not null,
    issued_at      timestamptz not null,
    constraint one_of_a_kind unique (tenant_id, billing_period, revision, currency, kind),
    constraint an_invoice_is_owed_and_a_credit_note_given_back
        check (sign(total_minor) = case kind when 'invoice' then 1 else -1 end)
);
comment on table billing_document_log is 'Invoices and credit notes as they were issued.';
comment on column billing_document_log.revision is 'The statement of the month with which it was issued.';
comment on column billing_document_log.total_minor is 'In the minor unit of the currency; negative on a credit note.';
comment on column billing_document_log.corrects is 'Numbers of the documents whose entries it takes back.';
call make_append_only('billing_document_log', '${app}');

create table billing_document_lines (
    entry_id uuid primary key,
    number   text not null
);
comment on table billing_document_lines is 'Which entry is on which document: on one at most.';
create index billing_document_lines_of_number on billing_document_lines (number);
grant select, insert on billing_document_lines to ${app};
