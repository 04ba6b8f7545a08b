"""What people approve of a payment run, as one hash: a change of anything makes another."""

import hashlib
from collections.abc import Iterable

import msgspec

from kantoor.departments.finance.models import PaymentRun
from kantoor.kernel.store.lookup import fetch


def digest_of(run: PaymentRun) -> str:
    """SHA-256 of all that is approved of a run: from where, when, to whom, how much, what for."""
    head = [
        run.company_id, run.number, run.kind, run.iban, run.bic, run.holder, run.scheme,
        run.creditor, run.execute_on.isoformat(), run.currency, run.message_id, run.order_count,
        run.amount,
    ]  # fmt: skip
    whole = hashlib.sha256(msgspec.json.encode(head))
    for row in _rows(run.pk):
        whole.update(b"\n" + msgspec.json.encode(list(row)))
    return whole.hexdigest()


def _rows(run_id: int) -> Iterable[tuple[object, ...]]:
    yield from fetch(
        "SELECT n, party_id, account_id, mandate_id, sequence, name, iban, bic, amount, discount,"
        " end_to_end, reference, remittance, sealed_by, owed_id, content FROM finance_payment_order WHERE run_id = %s"
        " ORDER BY n",
        [run_id],
    )
    yield from fetch(
        "SELECT ord.n, item.line_id, item.amount, item.discount FROM finance_payment_item item"
        " JOIN finance_payment_order ord ON ord.id = item.order_id WHERE ord.run_id = %s"
        " ORDER BY ord.n, item.line_id",
        [run_id],
    )
