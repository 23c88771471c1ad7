-- By this an attestation is known to be newer than what it corrects.
alter table pool_balances add column heard_at timestamptz not null default now();
comment on column pool_balances.heard_at is 'When this service heard of the version, by its own clock.';
