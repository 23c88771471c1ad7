-- What left its place while the script before was looking, it has not seen. Nobody writes movements without a tenant's lock.
lock table billing_tenants in exclusive mode;
delete from movements_ahead ahead using movement_log gone
where gone.tenant_id = ahead.tenant_id and gone.subject = ahead.subject
  and gone.flow in ('distributed', 'budget_returned') and gone.flow = ahead.awaits;
