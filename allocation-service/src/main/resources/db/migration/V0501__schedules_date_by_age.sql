-- A version that knows no times sees none of both, and goes by the tenant's settings.
alter table schedules add column expires_after text, add column expires_round text check (expires_round in ('day', 'month_end'));
comment on column schedules.expires_after is 'Some time after it was allocated: of no effect where expires says something.';
alter table schedule_logs add column expires_after text, add column expires_round text;
