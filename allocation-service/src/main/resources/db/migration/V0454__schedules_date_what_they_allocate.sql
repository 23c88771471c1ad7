alter table schedules add column expires text check (expires in ('end_of_period', 'never'));
comment on column schedules.expires is 'Until when what it allocates can be used; null: as the tenant''s settings say.';
alter table schedule_logs add column expires text;
