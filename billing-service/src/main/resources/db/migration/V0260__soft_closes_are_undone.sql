-- A soft-close can be undone. To older versions, which do not know that, the month was reopened: they show it as open.
alter table period_log add column soft_close_undone boolean not null default false;
comment on column period_log.soft_close_undone is
    'True of a step that undid a soft-close; its action is that of a reopening then, which it is not: no closed month was opened.';
alter table period_log add constraint what_undoes_a_soft_close_opens_the_month
    check (not soft_close_undone or action = 'reopened');
