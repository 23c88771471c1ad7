-- What is told of pools so that audit-service can compare it with the events: see docs/audit.md.
create view balances_to_attest as
select id as tenant_id, id as holder_id, 'pool' as account, points_allocation_balance as balance,
       greatest(pool_version, (select max(entry_number) from pool_ledger where tenant_id = id)) as entry_number
from tenants;
comment on view balances_to_attest is 'An entry that the pool does not know of counts too: it has no business there.';
grant select on balances_to_attest to ${app};

create view entries_to_attest as
select tenant_id, tenant_id as holder_id, 'pool' as account, entry_number, amount from pool_ledger;
grant select on entries_to_attest to ${app};

-- How far the attesting of balances has come: one row, locked by whoever attests a slice of them.
create table attestation_round (
    only_one  boolean primary key default true check (only_one),
    due_at    timestamptz not null,
    began_at  timestamptz,
    tenant_id uuid,
    holder_id uuid,
    account   text
);
comment on column attestation_round.due_at is 'When the next round begins, or began; infinity stops the attesting, now() asks for it at once.';
comment on column attestation_round.tenant_id is 'With holder and account the last balance that this round has attested; null between rounds.';
insert into attestation_round (due_at) values (now());
grant select, update on attestation_round to ${app};
