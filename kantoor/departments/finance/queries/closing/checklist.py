"""What is seen in the books that should be dealt with before a month or year is closed."""

from collections.abc import Iterator
from datetime import date

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.dates import check_span
from kantoor.departments.finance.models import Mirror, Period
from kantoor.departments.finance.models.groups import WAITING
from kantoor.departments.finance.queries.accounts import in_words
from kantoor.departments.finance.queries.closing.closed_years import year_states
from kantoor.departments.finance.queries.currency.exposure import currency_exposure
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.queries import query, scoped
from kantoor.kernel.store.lookup import fetch


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """Something to look at: `state` is `done` or `open`, `count` how many, `amount` what it comes to.

    `url` is where it is dealt with.
    """

    key: str
    what: str
    state: str
    count: int
    amount: int
    url: str


Found = tuple[int, int]
"""How many there are, and what they come to in minor units."""

_SUSPENSE = (
    "SELECT COUNT(*), COALESCE(SUM(amount), 0) FROM (SELECT SUM(line.amount) AS amount"
    " FROM finance_account account JOIN finance_line line ON line.account_id = account.id"
    " WHERE account.company_id = %s AND account.role = 'suspense' AND line.date <= %s"
    " GROUP BY account.id) held WHERE amount <> 0"
)
_UNSETTLED = (
    "SELECT COUNT(*), COALESCE(SUM(item.open), 0) FROM finance_open_item item"
    " JOIN finance_account account ON account.id = item.account_id"
    " WHERE item.company_id = %s AND item.date <= %s AND"
    " ((account.role = 'receivables' AND item.open < 0)"
    "  OR (account.role = 'payables' AND item.open > 0))"
)
_WITHOUT_PARTY = (
    "SELECT COUNT(*), COALESCE(SUM(open), 0) FROM finance_open_item"
    " WHERE company_id = %s AND date <= %s AND party_id IS NULL AND open <> 0"
)
_PURCHASES = (
    # What is in another currency has no amount in ours before it is booked.
    "SELECT COUNT(*), COALESCE(SUM(CASE WHEN doc.currency = company.currency THEN doc.gross"
    " ELSE 0 END), 0) FROM finance_purchase_invoice doc"
    " JOIN kernel_company company ON company.id = doc.company_id"
    " WHERE doc.company_id = %s AND doc.date <= %s AND doc.entry_id IS NULL"
    " AND doc.state <> 'refused'"
)


def _of(sql: str, actor: Actor, on: date) -> Found:
    count, amount = fetch(sql, [actor.company_id, on.isoformat()])[0]
    return int(count), int(amount)


def _checks(actor: Actor, on: date) -> Iterator[tuple[str, object, Found, str]]:
    yield (
        "purchases",
        _("Purchase invoices that are not booked yet"),
        _of(_PURCHASES, actor, on),
        "/finance/purchase-invoices",
    )
    yield (
        "suspense",
        _("Amounts on suspense accounts"),
        _of(_SUSPENSE, actor, on),
        "/finance/accounts",
    )
    yield (
        "unsettled",
        _("Payments and credit notes that settle nothing yet"),
        _of(_UNSETTLED, actor, on),
        "/finance/receivables",
    )
    yield (
        "without_party",
        _("Items that name no customer or supplier"),
        _of(_WITHOUT_PARTY, actor, on),
        "/finance/receivables",
    )
    yield (
        "currency",
        _("Foreign currency that is not revalued"),
        _currency(actor, on),
        "/finance/exposure",
    )
    yield "mirrors", _("Documents of affiliates that wait"), _mirrors(actor, on), "/finance/mirrors"
    yield "periods", _("Earlier periods that are open"), _periods(actor, on), "/finance/periods"
    yield "years", _("Earlier years that are not closed"), _years(actor, on), "/finance/years"


def _currency(actor: Actor, on: date) -> Found:
    differing = [each for each in currency_exposure(actor, on=on) if each.difference != 0]
    return len(differing), sum(each.difference or 0 for each in differing)


def _mirrors(actor: Actor, on: date) -> Found:
    return scoped(actor, Mirror).filter(state=WAITING, date__lte=on).count(), 0


def _periods(actor: Actor, on: date) -> Found:
    return scoped(actor, Period).filter(state="open", ends_on__lt=on).count(), 0


def _years(actor: Actor, on: date) -> Found:
    found = [
        each for each in year_states(actor) if each.ends_on < on and not each.closed and each.result
    ]
    return len(found), sum(each.result for each in found)


@query(permission="finance.read_ledger", title=_("Closing checklist"), exposed=True)
def closing_checklist(actor: Actor, /, *, on: date | None = None) -> list[Check]:
    """What is to be dealt with before the books are closed at the end of a day (today if unsaid)."""
    day = on or today_of(actor)
    check_span(day, day)
    return [
        Check(
            key=key,
            what=in_words(actor, words),
            state="open" if count else "done",
            count=count,
            amount=amount,
            url=url,
        )
        for key, words, (count, amount), url in _checks(actor, day)
    ]
