-- Earned points that have lapsed come back to the pool.
alter table pool_debits drop constraint pool_debits_kind_check;
alter table pool_debits add constraint pool_debits_kind_check
    check (kind in ('delegation', 'award', 'batch', 'return', 'reversal', 'lapse', 'unknown')) not valid;
comment on column tenants.taken_back is
    'Sum of the awards that were reversed, as far as they came back by the debit that they left by, and of earned points that have lapsed to the pool.';
