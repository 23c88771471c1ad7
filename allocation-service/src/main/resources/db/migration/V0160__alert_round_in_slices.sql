-- The look at all pools goes slice by slice, a transaction each; whoever dies in between, another goes on.
alter table alert_round add column tenant_id uuid;
comment on column alert_round.tenant_id is 'The last tenant that this look has seen; null between looks.';
