"""Compares sums of the topic, a line each as docs/billing.md's sums.py prints them, with the statements: statements.py BILLING TOKEN < SUMS"""

import collections
import sys

import requests

billing, token = sys.argv[1:]
sums = collections.defaultdict(dict)
for line in sys.stdin:
    tenant, month, currency, amount = line.split()
    sums[tenant, month][currency] = int(amount)

wrong = 0
for (tenant, month), expected in sums.items():
    answer = requests.get(
        f"{billing}/api/billing/statements/{tenant}/{month}", headers={"Authorization": f"Bearer {token}"}, timeout=10
    )
    answer.raise_for_status()
    billed = {it["currency"]: it["total_minor"] for it in answer.json()["billed"]}
    if billed != expected:
        print(f"{tenant} {month}: the topic has {expected}, the statement {billed}")
        wrong += 1
print(f"{len(sums)} months of tenants, {wrong} differ")
sys.exit(1 if wrong or not sums else 0)
