"""What came in before, by its content."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kantoor.kernel.store.lookup import rows_by_key


class Finding(NamedTuple):
    """A rule that an invoice breaks, as it was found when it came in."""

    rule: str
    message: str
    place: str
    fatal: bool


class Known(NamedTuple):
    """An invoice that is here, with what was found wrong in it."""

    number: str
    state: str
    findings: Sequence[Finding]


def known_contents(company_id: int, digests: Iterable[str]) -> dict[str, Known]:
    """The invoices that came in with these contents, by SHA-256 in hexadecimal."""
    rows = rows_by_key(
        "SELECT id, sha256, number, state FROM finance_purchase_invoice"
        " WHERE company_id = %s AND sha256 IN ({})",
        [company_id],
        set(digests),
    )
    broken: dict[int, list[Finding]] = {}
    found = rows_by_key(
        "SELECT id, invoice_id, rule, message, place, fatal FROM finance_purchase_finding"
        " WHERE invoice_id IN ({})",
        [],
        rows,
    )
    for _key, (invoice_id, rule, message, place, fatal) in sorted(found.items()):
        broken.setdefault(invoice_id, []).append(Finding(rule, message, place, bool(fatal)))
    return {
        digest: Known(number, state, broken.get(key, ()))
        for key, (digest, number, state) in rows.items()
    }
