"""Rows of rates of exchange, and of what they make differ."""

from datetime import date
from decimal import Decimal

from kantoor.departments.finance.actions.currency.rates import set_rates
from kantoor.departments.finance.drafts_currency import RateDraft
from kantoor.kernel.actors.actor import Actor


def currency(anne: Actor) -> None:
    """Two days of dollars."""
    set_rates(
        anne,
        rates=[
            RateDraft(currency="USD", date=date(2011, 1, day), rate=Decimal("1.3"))
            for day in (3, 4)
        ],
    )
