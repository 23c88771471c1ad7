"""README's tour, by the clients that openapi-python-client makes of docs/openapi: tour.py TOKENS A D B U"""

import io
import json
import sys
import time
from datetime import datetime, timezone
from uuid import UUID, uuid4

from points_allocation import AuthenticatedClient as Allocation
from points_allocation.api.allocation import allocate_points
from points_allocation.api.tenant import register_tenant
from points_allocation.models import AllocationRequest, TenantRegistration
from points_audit import AuthenticatedClient as Audit
from points_audit.api.audit import export_records, get_latest_checkpoint, list_audit_records, prove_inclusion
from points_billing import AuthenticatedClient as Billing
from points_billing.api.billing import get_journal, get_statement, list_billing_entries
from points_distribution import AuthenticatedClient as Distribution
from points_distribution.api.batch import award_batch
from points_distribution.api.batch_csv import award_batch_from_csv
from points_distribution.api.distribution import award_points, get_distribution
from points_distribution.api.member import save_member
from points_distribution.api.wallet import get_wallet
from points_distribution.models import AwardRequest, BatchMode, BatchRequest, MemberUpdate
from points_distribution.types import File

TRITON = UUID("550e8400-e29b-41d4-a716-446655440000")
token_file, allocation_url, distribution_url, billing_url, audit_url = sys.argv[1:]
with open(token_file, encoding="utf-8") as file:
    tokens = json.load(file)
admin = Allocation(allocation_url, tokens["admin"], timeout=40)
manager = Distribution(distribution_url, tokens["triton-manager"], timeout=40)
finance = Billing(billing_url, tokens["finance"], timeout=40)
auditor = Audit(audit_url, tokens["auditor"], timeout=40)
month = datetime.now(timezone.utc).strftime("%Y-%m")


def key():
    return str(uuid4())


def purchase(amount, currency, note):
    return AllocationRequest.from_dict(
        {"tenant_id": str(TRITON), "amount": amount, "currency": currency, "reference_note": note}
    )


def good(answer):
    """What a call answered; fails, with the answer, if it did not answer as it should."""
    assert answer.status_code < 300, f"{answer.status_code}: {answer.content[:500]!r}"
    return answer.parsed


def refused(answer, kind):
    """A refusal, told by its type."""
    assert answer.parsed.type_ == f"urn:points:problem:{kind}", f"{answer.status_code}: {answer.content[:500]!r}"


def until(what, ask):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = ask()
        if found:
            return found
        time.sleep(0.25)
    raise AssertionError(f"not within a minute: {what}")


registered = register_tenant.sync_detailed(
    client=admin,
    body=TenantRegistration.from_dict(
        {"tenant_id": str(TRITON), "name": "Triton Energy", "currency": "INR", "price_per_point": "1.00"}
    ),
    idempotency_key=key(),
)
if registered.status_code != 201:
    refused(registered, "tenant-exists")

allocation = good(
    allocate_points.sync_detailed(
        client=admin,
        body=purchase(50_000, "INR", "Invoice #123"),
        idempotency_key=key(),
    )
)
assert allocation.amount == 50_000

employee = uuid4()
member = until(
    "the tenant is known",
    lambda: (it := save_member.sync_detailed(employee, client=manager, body=MemberUpdate.from_dict({"role": "employee"}))).status_code == 200
    and it.parsed,
)
assert member.user_id == employee

award = good(
    award_points.sync_detailed(
        client=manager,
        body=AwardRequest(to_user_id=employee, amount=1_000, description="Outstanding Q1 performance"),
        idempotency_key=key(),
        prefer="wait=20",
    )
)
assert award.state == "COMPLETED", award

batch = good(
    award_batch.sync_detailed(
        client=manager,
        body=BatchRequest.from_dict(
            {
                "mode": "all_or_nothing",
                "description": "Year-end",
                "receivers": [{"to_user_id": str(employee), "amount": 10}],
            }
        ),
        idempotency_key=key(),
        prefer="wait=20",
    )
)
assert batch.state == "COMPLETED", batch

from_csv = good(
    award_batch_from_csv.sync_detailed(
        client=manager,
        body=File(payload=io.BytesIO(f"to_user_id,amount,description\n{employee},5,Thanks\n".encode())),
        mode=BatchMode.EACH,
        idempotency_key=key(),
        prefer="wait=20",
    )
)
assert from_csv.state == "COMPLETED", from_csv

wallet = until(
    "the batches' points have arrived",
    lambda: (it := good(get_wallet.sync_detailed(employee, client=manager))).earned.balance == 1_015 and it,
)
assert wallet.budget.balance == 0

until(
    "the allocation is billed",
    lambda: any(it.points == 50_000 for it in good(list_billing_entries.sync_detailed(client=finance, tenant_id=TRITON)).items),
)
statement = good(get_statement.sync_detailed(client=finance, tenant_id=TRITON, period=month))
assert statement.tenant_id == TRITON
journal = good(get_journal.sync_detailed(client=finance, period=month))
assert str(TRITON) in journal, journal[:200]

event = until(
    "the award is recorded",
    lambda: next(
        (
            it
            for it in good(list_audit_records.sync_detailed(client=auditor, tenant_id=TRITON, type_="PointsAwarded")).items
            if str(it.subject) == str(award.distribution_id)
        ),
        None,
    ),
)
proof = until(
    "the award is proved",
    lambda: (it := prove_inclusion.sync_detailed(client=auditor, event_id=event.event_id)).status_code == 200 and it.parsed,
)
assert proof.event_id == event.event_id
checkpoint = good(get_latest_checkpoint.sync_detailed(client=auditor, tenant_id=TRITON))
assert str(TRITON) in checkpoint.note
lines = good(export_records.sync_detailed(client=auditor, tenant_id=TRITON))
assert all(isinstance(json.loads(line), dict) for line in lines.splitlines())

# Five refusals.
refused(
    award_points.sync_detailed(
        client=manager,
        body=AwardRequest(to_user_id=employee, amount=999_999_999, description="Too much"),
        idempotency_key=key(),
    ),
    "insufficient-pool-balance",
)
refused(
    award_points.sync_detailed(
        client=manager, body=AwardRequest(to_user_id=uuid4(), amount=1, description="Nobody"), idempotency_key=key()
    ),
    "receiver-not-eligible",
)
refused(
    allocate_points.sync_detailed(
        client=admin,
        body=purchase(1, "USD", "Another currency"),
        idempotency_key=key(),
    ),
    "currency-mismatch",
)
refused(list_billing_entries.sync_detailed(client=Billing(billing_url, tokens["triton-manager"])), "forbidden")
refused(get_distribution.sync_detailed(uuid4(), client=manager), "not-found")
print("the tour is over")
