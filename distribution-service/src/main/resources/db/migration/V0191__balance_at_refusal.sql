-- A refusal says the same whenever it is asked for, so what it is made of is kept.
alter table distributions add column balance_at_refusal bigint;
-- Held against the rows that are there in a script of its own, which lets others go on.
alter table distributions add constraint distributions_balance_at_refusal_check check (balance_at_refusal >= 0) not valid;
comment on column distributions.balance_at_refusal is 'Points in the pool or budget when it held too little; null if that was not why.';
