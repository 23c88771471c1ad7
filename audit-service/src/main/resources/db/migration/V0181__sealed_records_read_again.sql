-- Sealed records that were found not to be what was sealed, by the round that reads them again. A row goes when its record is right.
create table audit_differing_records (
    tenant_id  uuid        not null,
    leaf_index bigint      not null,
    since      timestamptz not null,
    why        text        not null,
    primary key (tenant_id, leaf_index)
);
grant select, insert, delete on audit_differing_records to ${app};

-- Of a tenant whose leaves cannot be read again, where: it is tried again exactly there.
alter table audit_quarantine add column leaf_index bigint;
comment on column audit_quarantine.leaf_index is 'Of work ''rereading'': the last leaf that could be read; -1 or null if none could.';

-- An alert about a record stands among those about balances, so that one list has all. Its columns of a balance are filled for
-- the version before, which reads them: the tenant, the leaf's index, and zeros.
alter table audit_alert_log add column leaf_index bigint;
alter table audit_alert_log add column why text;
alter table audit_alert_log drop constraint audit_alert_log_kind_check;
alter table audit_alert_log add constraint audit_alert_log_kind_check
    check (kind in ('entry-missing', 'balance-differs') or kind = 'record-differs' and leaf_index is not null and why is not null);
