"""What is owed in dollars in tests, made with few words."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from kantoor.departments.finance.actions.currency.rates import set_rates
from kantoor.departments.finance.actions.receivables import settle
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_currency import RateDraft
from kantoor.departments.finance.drafts_invoices import Settled, SettlementDraft
from kantoor.departments.finance.models import Account, Line, OpenItem
from kantoor.departments.finance.tests.people import BANK, RECEIVABLES, SALES, Books

Item = tuple[int, int]
"""What is open: in euros, and in the currency of the item."""


def rate(books: Books, on: str, *rates: str, currency: str = "USD") -> None:
    """Set what a euro costs in dollars on a day, and on those that follow."""
    day = date.fromisoformat(on)
    set_rates(
        books.anne,
        rates=[
            RateDraft(
                currency=currency, date=date.fromordinal(day.toordinal() + n), rate=Decimal(each)
            )
            for n, each in enumerate(rates)
        ],
    )


def owed(
    books: Books, on: str, dollars: int, euros: int, party: str = "A", currency: str = "USD",
    account: str = RECEIVABLES, against: str = SALES,
) -> str:  # fmt: skip
    """A party owes dollars, booked at so many euros; gives the entry's number."""
    lines = [
        LineDraft(account=account, amount=euros, currency=currency, currency_amount=dollars, party=party),
        LineDraft(account=against, amount=-euros, currency=currency, currency_amount=-dollars),
    ]  # fmt: skip
    return books.post(EntryDraft(date=date.fromisoformat(on), lines=lines, text="Owed")).first


def paid(
    books: Books, on: str, dollars: int, euros: int, party: str = "A", currency: str = "USD"
) -> str:
    """A party pays dollars that were worth so many euros; gives the entry's number."""
    return owed(books, on, -dollars, -euros, party, currency, against=BANK)


def settled(books: Books, debit: str, credit: str, amount: int | None = None) -> Settled:
    """Settle one with the other as Anne."""
    drafts = [SettlementDraft(debit=debit, credit=credit, amount=amount)]
    return settle(books.anne, settlements=drafts)


def left(books: Books, number: str) -> Item:
    """What is open of the item of an entry."""
    journal, year, n = number.split("/")
    item = OpenItem.objects.get(
        company_id=books.company_id,
        entry__journal__code=journal,
        entry__year__code=year,
        entry__number=int(n),
    )
    return item.open, item.currency_open


def differences(books: Books) -> int:
    """What stands on the account of exchange differences: losses above zero, gains below."""
    account = Account.objects.get(company_id=books.company_id, role="exchange_difference")
    return sum(amounts(account))


def amounts(account: Account) -> Sequence[int]:
    """The amounts of an account's lines."""
    return list(Line.objects.filter(account=account).values_list("amount", flat=True))
