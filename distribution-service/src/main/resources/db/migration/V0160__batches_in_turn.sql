-- Tenants take turns: of each the oldest batch that waits is looked at, those first whose turn was longest ago.
create table batch_turns (
    tenant_id uuid        not null,
    mode      text        not null,
    begun_at  timestamptz not null,
    primary key (tenant_id, mode)
);
comment on table batch_turns is 'When something was begun last of any batch of the tenant and mode.';
grant select, insert, update on batch_turns to ${app};
