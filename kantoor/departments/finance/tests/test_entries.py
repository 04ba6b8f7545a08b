"""Posting entries: what is booked, and every refusal in its order of precedence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kantoor.departments.finance.actions.accounts import retire_account
from kantoor.departments.finance.actions.closing import close_period
from kantoor.departments.finance.actions.dimensions import (
    add_dimension_value,
    retire_dimension_value,
)
from kantoor.departments.finance.actions.entries import post_entries, post_entry
from kantoor.departments.finance.actions.fiscal_years import open_year
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.errors import (
    AmountOutOfRange,
    ClosedPeriod,
    EmptyEntry,
    MissingRate,
    UnbalancedEntry,
    UnknownAccount,
    UnknownDimension,
    UnknownJournal,
    UnknownParty,
)
from kantoor.departments.finance.models import Balance, Line
from kantoor.departments.finance.queries.entries import entry as entry_card
from kantoor.departments.finance.tests.people import (
    BANK,
    SALES,
    Books,
    add_parties,
    entry,
    sale,
)
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.approvals import approve_request
from kantoor.kernel.actors.models import Approval
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed, Refusals
from kantoor.kernel.money import LARGEST

DAY = date(2011, 3, 1)


def test_an_entry_is_posted_and_numbered(books: Books) -> None:
    posted = books.post(sale("2011-03-01", 100), sale("2011-03-02", 200))
    assert (posted.entries, posted.lines) == (2, 4)
    assert (posted.first, posted.last) == ("MEM/2011/1", "MEM/2011/2")


def test_numbers_run_in_each_journal_and_year_by_themselves(books: Books) -> None:
    posted = books.post(
        sale("2010-12-31", 1),
        sale("2011-01-01", 2, journal="BNK"),
        sale("2010-12-31", 3),
        sale("2011-01-01", 4, journal="BNK"),
    )
    assert (posted.first, posted.last) == ("MEM/2010/1", "BNK/2011/2")


def test_one_entry_is_posted_as_many_are(books: Books) -> None:
    posted = post_entry(books.anne, entry=sale("2011-03-01", 100, reference="R1"))
    assert posted.first == posted.last == "MEM/2011/1"
    assert entry_card(books.anne, number="MEM/2011/1").entry.reference == "R1"


def test_a_line_keeps_all_it_was_given(books: Books) -> None:
    add_parties(books, ["C1"])
    add_dimension_value(books.anne, dimension="cost_centre", code="100", name="Shop")
    add_dimension_value(books.anne, dimension="project", code="P 7", name="Fair")
    books.post(
        EntryDraft(
            date=DAY,
            text="A sale abroad",
            reference="536365",
            lines=[
                LineDraft(
                    account=BANK,
                    amount=920,
                    currency="USD",
                    currency_amount=1000,
                    party="C1",
                    dimensions={"project": "P 7", "cost_centre": "100"},
                    text="paid",
                ),
                LineDraft(account=SALES, amount=-920, currency="EUR", text="sold"),
            ],
        )
    )
    card = entry_card(books.anne, number="MEM/2011/1")
    paid, sold = card.lines
    assert (paid.account, paid.debit, paid.credit, paid.text) == (BANK, 920, 0, "paid")
    assert (paid.currency, paid.currency_amount) == ("USD", 1000)
    assert (paid.party, paid.party_name) == ("C1", "Party C1")
    assert paid.dimensions == {"cost_centre": "100", "project": "P 7"}
    assert (sold.currency, sold.currency_amount, sold.dimensions) == ("EUR", -920, {})
    assert (card.entry.text, card.period, card.year) == ("A sale abroad", "2011-03", "2011")


def test_lines_that_differ_only_in_their_dimensions_stay_apart(books: Books) -> None:
    for code in ("A", "B"):
        add_dimension_value(books.anne, dimension="cost_centre", code=code, name=code)
    lines = [
        LineDraft(account=BANK, amount=n, dimensions={"cost_centre": code}, line=n)
        for n, code in ((1, "A"), (2, "B"), (3, "A"))
    ]
    # Two drafts that are equal, and one object twice.
    same = LineDraft(account=SALES, amount=-3, dimensions={"cost_centre": "B"})
    books.post(EntryDraft(date=DAY, lines=[*lines, same, same]))
    moved = {
        (account, key): (debit, credit)
        for account, key, debit, credit in Balance.objects.values_list(
            "account__code", "dimension_set_id", "debit", "credit"
        )
    }
    assert sorted(moved.values()) == [(0, 6), (2, 0), (4, 0)]


def test_an_entry_of_a_thousand_lines(books: Books) -> None:
    lines = [(BANK, n) for n in range(1, 1000)]
    books.post(entry(DAY, *lines, (SALES, -sum(range(1, 1000)))))
    assert len(entry_card(books.anne, number="MEM/2011/1").lines) == 1000


def lines(*drafts: dict[str, Any]) -> EntryDraft:
    """An entry on the day, of lines that balance unless they say something else."""
    whole = [{"account": BANK, "amount": 5}, {"account": SALES, "amount": -5}, {}][: len(drafts)]
    return EntryDraft(
        date=DAY,
        lines=[LineDraft(**{**whole[n], **draft}) for n, draft in enumerate(drafts)],
    )


REFUSED: list[tuple[str, EntryDraft, type[DomainError], str]] = [
    ("no lines", EntryDraft(date=DAY, lines=[]), EmptyEntry, "lines"),
    ("one line", lines({}), EmptyEntry, "lines"),
    ("no such journal", entry(DAY, (BANK, 5), (SALES, -5), journal="X"), UnknownJournal, "journal"),
    ("a year of a typing mistake", sale("0211-03-01", 5), InvalidInput, "date"),
    ("the last day there is", sale("9999-12-31", 5), InvalidInput, "date"),
    ("a long text", sale(DAY, 5, text="x" * 201), InvalidInput, "text"),
    ("a long reference", sale(DAY, 5, reference="x" * 81), InvalidInput, "reference"),
    ("a NUL", sale(DAY, 5, text="a\0b"), InvalidInput, "text"),
    ("no such account", lines({"account": "99999"}, {}), UnknownAccount, "account"),
    ("an account with a NUL", lines({"account": "1\0"}, {}), UnknownAccount, "account"),
    ("no such party", lines({"party": "C9"}, {}), UnknownParty, "party"),
    ("no such dimension", lines({"dimensions": {"x": "1"}}, {}), UnknownDimension, "x"),
    (
        "no such value",
        lines({"dimensions": {"project": "P9"}}, {}),
        UnknownDimension,
        "project",
    ),
    ("no such currency", lines({"currency": "XYZ"}, {}), InvalidInput, "currency"),
    ("no rate", lines({"currency": "USD"}, {}), MissingRate, "currency"),
    (
        "a foreign amount beyond 64 bits",
        lines({"currency": "USD", "currency_amount": 2**63}, {}),
        AmountOutOfRange,
        "currency_amount",
    ),
    (
        "a foreign amount on the other side",
        lines({"currency": "USD", "currency_amount": -5}, {}),
        InvalidInput,
        "currency_amount",
    ),
    (
        "two amounts in the company's currency",
        lines({"currency": "EUR", "currency_amount": 6}, {}),
        InvalidInput,
        "currency_amount",
    ),
    ("nothing", lines({"amount": 0}, {}), EmptyEntry, "amount"),
    ("beyond 64 bits", lines({"amount": 2**63}, {}), AmountOutOfRange, "amount"),
    ("a long line text", lines({"text": "x" * 201}, {}), InvalidInput, "text"),
    ("out of balance", lines({"amount": 6}, {}), UnbalancedEntry, "amount"),
    (
        "a total beyond 64 bits",
        entry(DAY, (BANK, LARGEST), (BANK, 1), (SALES, -LARGEST), (SALES, -1)),
        AmountOutOfRange,
        "amount",
    ),
]


@pytest.mark.parametrize(
    ("draft", "error", "field"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_what_cannot_be_booked_is_refused(
    books: Books, draft: EntryDraft, error: type[DomainError], field: str
) -> None:
    with pytest.raises(error) as refused:
        books.post(sale(DAY, 1), draft)
    assert type(refused.value) is error
    assert refused.value.place.field == field
    assert refused.value.place.line == 2
    assert not Line.objects.exists()


def test_faults_come_in_their_order_of_precedence(books: Books) -> None:
    """A draft with every fault at once: mended one after another, each is said in turn."""
    wrong: dict[str, Any] = {
        "account": "99999",
        "party": "C9",
        "dimensions": {"x": "1"},
        "currency": "USD",
        "amount": 0,
        "text": "x" * 201,
    }
    whole = EntryDraft(
        date=date(9999, 1, 1),
        text="x" * 201,
        reference="x" * 81,
        journal="X",
        lines=[LineDraft(**wrong)],
    )
    with pytest.raises(Refusals) as refused:
        books.post(whole)
    assert [(type(each), each.place.field) for each in refused.value.errors] == [
        (EmptyEntry, "lines"),
        (UnknownJournal, "journal"),
        (InvalidInput, "date"),
        (InvalidInput, "text"),
        (InvalidInput, "reference"),
        (UnknownAccount, "account"),
        (UnknownParty, "party"),
        (UnknownDimension, "x"),
        (MissingRate, "currency"),
        (EmptyEntry, "amount"),
        (InvalidInput, "text"),
    ]


def test_up_to_twenty_faults_are_said_at_once_with_their_lines(books: Books) -> None:
    drafts = [
        EntryDraft(
            date=DAY,
            lines=[
                LineDraft(account=BANK, amount=1, line=2 * n),
                LineDraft(account=f"X{n}", amount=-1, line=2 * n + 1),
            ],
        )
        for n in range(1, 31)
    ]
    with pytest.raises(Refusals) as refused:
        books.post(*drafts)
    assert [error.place.line for error in refused.value.errors] == [2 * n + 1 for n in range(1, 21)]
    assert "“X1”" in str(refused.value)


def test_nothing_to_post_is_refused(books: Books) -> None:
    with pytest.raises(EmptyEntry):
        books.post()


def test_a_retired_account_takes_nothing_new(books: Books) -> None:
    retire_account(books.anne, code=PURCHASES_RETIRED)
    with pytest.raises(UnknownAccount):
        books.post(entry(DAY, (BANK, 5), (PURCHASES_RETIRED, -5)))


PURCHASES_RETIRED = "10202"


def test_a_retired_value_takes_nothing_new(books: Books) -> None:
    add_dimension_value(books.anne, dimension="project", code="P1", name="One")
    retire_dimension_value(books.anne, dimension="project", code="P1")
    with pytest.raises(UnknownDimension):
        books.post(lines({"dimensions": {"project": "P1"}}, {}))


def test_codes_of_another_company_are_unknown(books: Books, other_books: Books) -> None:
    add_parties(other_books, ["C1"])
    add_dimension_value(other_books.anne, dimension="project", code="P1", name="One")
    with pytest.raises(UnknownParty):
        books.post(lines({"party": "C1"}, {}))
    with pytest.raises(UnknownDimension):
        books.post(lines({"dimensions": {"project": "P1"}}, {}))


# --- periods


@pytest.mark.parametrize("how", ["soft", "hard"])
def test_a_closed_period_takes_nothing(books: Books, how: Any) -> None:
    books.post(sale("2011-03-01", 1))
    close_period(books.anne, period="2011-03", how=how)
    bob = books.bob("finance.post_entry")
    with pytest.raises(ClosedPeriod):
        post_entries(bob, entries=[sale("2011-03-31", 1)])
    post_entries(bob, entries=[sale("2011-04-01", 1)])


def test_who_may_can_post_in_a_softly_closed_period(books: Books) -> None:
    books.post(sale("2011-03-01", 1))
    close_period(books.anne, period="2011-03", how="soft")
    bob = books.bob("finance.post_entry", "finance.post_in_soft_closed")
    post_entries(bob, entries=[sale("2011-03-31", 1)])
    close_period(books.anne, period="2011-03", how="hard")
    with pytest.raises(ClosedPeriod):
        post_entries(bob, entries=[sale("2011-03-31", 1)])


def test_calendar_years_open_on_demand(books: Books) -> None:
    books.post(sale("2010-12-01", 1), sale("2013-01-31", 1))
    with_gap = entry_card(books.anne, number="MEM/2013/1")
    assert with_gap.period == "2013-01"


def test_no_year_opens_by_itself_for_a_company_with_its_own(books: Books) -> None:
    open_year(books.anne, start=date(2010, 7, 1), end=date(2011, 6, 30))
    books.post(sale("2011-06-30", 1))
    with pytest.raises(ClosedPeriod):
        books.post(sale("2011-07-01", 1))


# --- limits


def test_an_entry_above_the_limit_waits_for_a_second_person(books: Books) -> None:
    bob = books.bob("finance.post_entry", limits={"finance.post_entry": 1000})
    post_entries(bob, entries=[sale(DAY, 1000)])
    with pytest.raises(NeedsSecondPair):
        post_entries(bob, entries=[sale(DAY, 1), sale(DAY, 1001)])
    with pytest.raises(NeedsSecondPair):
        post_entry(bob, entry=sale(DAY, 1001))
    assert Line.objects.count() == 2
    assert Approval.objects.filter(state="waiting").count() == 2


@pytest.mark.parametrize("other", ["Anne", "Bob"])
def test_an_approved_entry_is_posted_but_not_by_who_asked(books: Books, other: str) -> None:
    from kantoor.departments.finance.tests.people import employ

    bob = employ(books, "Bob", {"finance.post_entry": 1000})
    with pytest.raises(NeedsSecondPair) as waiting:
        post_entry(bob, entry=sale(DAY, 1001))
    approver: Callable[[], object] = lambda: approve_request(  # noqa: E731
        books.anne if other == "Anne" else bob, approval_id=waiting.value.approval_id
    )
    if other == "Bob":
        with pytest.raises(NotAllowed):
            approver()
    else:
        approver()
    assert Line.objects.exists() is (other == "Anne")


# --- 64 bits


def test_the_largest_amount_fits_once(books: Books) -> None:
    books.post(sale("2011-03-01", LARGEST))
    for on in ("2011-03-01", "2012-05-01"):
        with pytest.raises(AmountOutOfRange):
            books.post(sale(on, 1 << 40))
    assert Balance.objects.get(account__code=BANK).debit == LARGEST


def test_the_books_of_two_companies_are_counted_apart(books: Books, other_books: Books) -> None:
    books.post(sale(DAY, LARGEST))
    other_books.post(sale(DAY, LARGEST))
