alter table wallets validate constraint lots_fit_into_the_balance;
alter table wallets validate constraint next_expiry_is_the_first;
