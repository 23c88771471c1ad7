-- The same checks for less: a pattern with counts is made into states again for every row that it is held against.

-- What stands in the table was checked already, so it is not read again here, under the table's lock, but in the next script.
alter table audit_log drop constraint audit_log_data_digest_check;
alter table audit_log add constraint audit_log_data_digest_check
    check (length(data_digest) = 64 and translate(data_digest, '0123456789abcdef', '') = '') not valid;

-- Hyphens in their four places, and hexadecimal digits in all others.
create or replace function uuid_of(field text) returns uuid language sql immutable parallel safe as $$
    select case when field like '________-____-____-____-____________'
                     and translate(field, '0123456789abcdefABCDEF', '') = '----' then field::uuid end
$$;
