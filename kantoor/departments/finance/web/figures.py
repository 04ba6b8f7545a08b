"""Figures of reports as links: each opens the lines of the general ledger that it is made of."""

from datetime import date
from urllib.parse import quote, urlencode

from kantoor.departments.finance.queries.budgets.comparison import percentage
from kantoor.departments.finance.queries.sources import Sources
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.money import exponent
from kantoor.kernel.ui.cells import Money

LEDGER = "/finance/general-ledger"


def url_of(sources: Sources) -> str:
    """The general ledger with the lines behind a figure."""
    asked = {
        "account": sources.account,
        "group": sources.group,
        "statement": sources.statement,
        "date_from": _day(sources.start),
        "date_to": _day(sources.end),
        "dimension": sources.dimension,
        "closing": "" if sources.closing else "0",
    }
    pairs = {name: value for name, value in asked.items() if value}
    return f"{LEDGER}?{urlencode(pairs)}" if pairs else LEDGER


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def money(actor: Actor, minor: int, url: str = "") -> Money:
    """An amount in the company's currency, which the head of its column names."""
    return Money(minor, exponent(actor.currency), url=url)


def money_alone(actor: Actor, minor: int, url: str = "") -> Money:
    """An amount that stands by itself and so names its currency."""
    return Money(minor, exponent(actor.currency), actor.currency, url)


def in_its_currency(actor: Actor, minor: int, currency: str) -> Money:
    """An amount under a head of the company's currency; one in another names its own."""
    return Money(minor, exponent(currency), "" if currency == actor.currency else currency)


def sourced(actor: Actor, minor: int, sources: Sources) -> Money | None:
    """An amount that opens what it is made of; nothing where it is nought."""
    return money(actor, minor, url_of(sources)) if minor else None


def percent(part: int, whole: int) -> Money | None:
    """A part in percents of a whole, to one decimal; nothing of nothing."""
    found = percentage(part, whole)
    return Money(int(found.scaleb(1)), 1) if found is not None else None


def entry_url(number: str) -> str:
    """The page of an entry."""
    return f"/finance/entries/{quote(number)}"


def account_url(code: str) -> str:
    """The card of an account."""
    return f"/finance/accounts/{quote(code)}"


def invoice_url(number: str) -> str:
    """The page of an invoice or credit note."""
    return f"/finance/invoices/{quote(number)}"


def period_url(period: str) -> str:
    """The page of a period."""
    return f"/finance/periods/{quote(period)}"
