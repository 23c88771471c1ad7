-- What tenants are called is told from now on; of those that are registered already, here, under the name and fields of the message.
insert into outbox (event_id, topic, type, subject, occurred_at, tenant_id, actor_id, actor_role, payload)
select gen_random_uuid(), 'allocation.pool.events.v1', 'TenantNamed', t.id::text, t.created_at, t.id, l.created_by::text,
       'platform-admin', json_build_object('tenant_id', t.id, 'name', t.name)::text
from tenants t join tenant_logs l on l.tenant_id = t.id and l.revision = 1
order by t.created_at;
