-- What is known of the people of a closed tenant is to be deleted, and how far that is.
create table people_erasures (
    closing_id     uuid primary key,
    tenant_id      uuid        not null unique,
    reached        uuid        not null default '00000000-0000-0000-0000-000000000000',
    requested_by   uuid        not null,
    requested_role text        not null,
    traceparent    text,
    heard_at       timestamptz not null,
    done_at        timestamptz
);
comment on column people_erasures.reached is 'The member up to whom it has come.';
create index people_erasures_open on people_erasures (tenant_id) where done_at is null;
grant select, insert, update on people_erasures to ${app};
