-- Points of awards that were reversed come back by the debit that they left by, and only as many as left by it.
alter table pool_debits add column returned bigint not null default 0;
comment on column pool_debits.returned is 'What of it has come back because awards were reversed.';
alter table pool_debits add constraint no_more_comes_back_than_left check (returned between 0 and greatest(amount, 0)) not valid;
alter table pool_debits drop constraint pool_debits_kind_check;
alter table pool_debits add constraint pool_debits_kind_check
    check (kind in ('delegation', 'award', 'batch', 'return', 'reversal', 'unknown')) not valid;

alter table tenants add column taken_back bigint not null default 0;
comment on column tenants.taken_back is 'Sum of the awards that were reversed, as far as they came back by the debit that they left by.';
alter table tenants drop constraint balance_is_the_sum_of_its_movements;
alter table tenants add constraint balance_is_the_sum_of_its_movements
    check (points_allocation_balance = allocated - clawed_back - debited + credited + returned + taken_back + adjusted);
