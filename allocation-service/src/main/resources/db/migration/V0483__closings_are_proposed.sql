alter table proposals drop constraint proposals_kind_check;
alter table proposals add constraint proposals_kind_check check (kind in ('clawback', 'closing', 'calling_off')) not valid;
