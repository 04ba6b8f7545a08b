"""What is ordered and not booked yet: it counts against a budget as if it were spent."""

from datetime import date

from django.db import connection

from kantoor.departments.finance.models.purchasing import APPROVED, SENT
from kantoor.departments.finance.queries.currency.conversion import Rates
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.lookup import fetch

# What is left of a line of an approved order: its net, less what posted invoices booked of it.
_ORDERED = """
SELECT line.account_id, placed.currency, CAST(placed.date AS text),
    CAST(CASE WHEN line.net > COALESCE(booked.net, 0) THEN line.net - COALESCE(booked.net, 0)
        ELSE 0 END AS bigint)
FROM finance_purchase_order placed
JOIN finance_purchase_order_line line ON line.order_id = placed.id
LEFT JOIN finance_dimension_set dims ON dims.id = line.dimension_set_id
LEFT JOIN (
    SELECT part.order_line_id, SUM(part.net) AS net FROM finance_purchase_line part
    JOIN finance_purchase_invoice invoice ON invoice.id = part.invoice_id
    WHERE invoice.company_id = %s AND invoice.state = 'posted' AND part.order_line_id IS NOT NULL
    GROUP BY part.order_line_id) booked ON booked.order_line_id = line.id
WHERE placed.company_id = %s AND placed.state IN (%s, %s)
    AND COALESCE(placed.expected_on, placed.date) BETWEEN %s AND %s{only}
"""


def committed(actor: Actor, start: date, end: date, dimension: str = "") -> dict[int, int]:
    """What approved orders commit to, by account, that is expected between two days.

    In minor units of the company's currency, debit positive; an order in another currency at the
    rate of its day, and left out while there is none. `dimension` keeps to lines with a value.
    """
    company = actor.company_id
    only, params = "", [company, company, APPROVED, SENT, start.isoformat(), end.isoformat()]
    if dimension:
        inside = "instr" if connection.vendor == "sqlite" else "strpos"
        only = f" AND {inside}('|' || COALESCE(dims.key, '') || '|', %s) > 0"
        params.append(f"|{dimension}|")
    rows = fetch(_ORDERED.format(only=only), params)
    foreign = {
        (currency, on) for _account, currency, on, _left in rows if currency != actor.currency
    }
    rates = Rates(actor, foreign) if foreign else None
    sums: dict[int, int] = {}
    for account, currency, on, left in rows:
        if rates is not None and currency != actor.currency:
            rate = rates.find(currency, on)
            left = rate.to_own(left) if rate is not None else 0
        sums[account] = sums.get(account, 0) + left
    return sums
