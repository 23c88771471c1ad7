-- What of a pool lapses soon is told, once; it is not waited for.
alter table tenants
    add column expiry_told_on date,
    add column expiry_told_until date;
comment on column tenants.expiry_told_on is 'On which day, the latest anywhere, it was looked last whether something is to be told of what lapses soon.';
comment on column tenants.expiry_told_until is 'What can be used until that day or an earlier one has been told of.';
