"""Three companies in two currencies add up to one, and what they have with each other nets to zero."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import pytest

from kantoor.departments.finance.actions.currency.revaluation import revalue
from kantoor.departments.finance.actions.fiscal_years import open_year
from kantoor.departments.finance.actions.groups.affiliates import charge_affiliates, relate_company
from kantoor.departments.finance.actions.groups.companies import keep_group
from kantoor.departments.finance.actions.year_close.close import close_year
from kantoor.departments.finance.drafts import EntryDraft, LineDraft
from kantoor.departments.finance.drafts_groups import Charge, MemberDraft
from kantoor.departments.finance.errors import MissingRate
from kantoor.departments.finance.models import Account
from kantoor.departments.finance.queries.groups.consolidation import (
    Consolidation,
    company_groups,
    consolidated_statements,
)
from kantoor.departments.finance.queries.groups.member_lines import MemberLine, member_lines
from kantoor.departments.finance.tests.billing import customer
from kantoor.departments.finance.tests.currency.foreign import rate
from kantoor.departments.finance.tests.groups.anne import anne_everywhere
from kantoor.departments.finance.tests.people import (
    BANK,
    PURCHASES,
    RECEIVABLES,
    SALES,
    SHARES,
    Books,
    begin_books,
    entry,
)
from kantoor.departments.finance.web.groups.consolidation import (
    CONSOLIDATION,
    MEMBER_LINES,
    make_consolidation,
)
from kantoor.kernel.errors import InvalidInput, NotAllowed, NotFound
from kantoor.kernel.pages.report_view import Span
from kantoor.kernel.ui.address import Address

END = date(2011, 12, 31)


def participation(books: Books) -> str:
    """The head's account for what it paid for its members."""
    found = Account.objects.filter(company_id=books.company_id, rgs__startswith="BFva")
    return found.order_by("code")[0].code


@pytest.fixture
def group(db: None) -> tuple[Books, Books, Books]:
    """A head in euros, a Dutch member owned whole, and one in dollars of which 80 % is owned.

    A euro is 1.25 dollars all year. The Dutch member rents to the American one.
    """
    anne_everywhere()
    head, dutch = begin_books("Head BV"), begin_books("Dutch BV")
    american = begin_books("American Inc", country="GB", currency="USD")
    for month in range(1, 13):
        rate(head, f"2011-{month:02}-01", "1.25")
        rate(dutch, f"2011-{month:02}-01", "1.25")
        rate(american, f"2011-{month:02}-01", "0.8", currency="EUR")
    shares = participation(head)
    head.post(
        entry("2011-01-01", (BANK, 500_000), (SHARES, -500_000)),
        entry("2011-01-02", (shares, 250_000), (BANK, -250_000)),
    )
    dutch.post(entry("2011-01-01", (BANK, 100_000), (SHARES, -100_000)))
    american.post(
        entry("2011-01-01", (BANK, 200_000), (SHARES, -200_000)),
        entry("2011-06-01", (BANK, 50_000), (SALES, -50_000)),
    )
    customer(dutch, "AMERICAN")
    customer(american, "DUTCH")
    relate_company(dutch.anne, party="AMERICAN", company="American Inc", account=PURCHASES)
    relate_company(
        american.anne, party="DUTCH", company="Dutch BV", account=PURCHASES, at_once=True
    )
    charges = [
        Charge(party="AMERICAN", date=date(2011, 7, 1), amount=10_000, account=SALES, currency=each)
        for each in ("EUR", "USD")
    ]
    charge_affiliates(dutch.anne, charges=charges)
    day = date(2011, 1, 2)
    keep_group(
        head.anne,
        code="HEAD",
        name="Head and all",
        members=[
            MemberDraft(company="Dutch BV", acquired_on=day, equity=100_000, participation=shares),
            MemberDraft(
                company="American Inc", percent=Decimal(80), acquired_on=day, equity=200_000
            ),
        ],
    )
    return head, dutch, american


def statements(books: Books, on: date = END) -> Consolidation:
    """The group's statements, which balance in every column."""
    found = consolidated_statements(books.anne, group="HEAD", on=on)
    assert found.assets == found.equity_and_liabilities
    for place in range(len(found.companies)):
        assets = sum(each.members[place] for each in found.balance_sheet if each.side == "assets")
        claims = sum(each.members[place] for each in found.balance_sheet if each.side != "assets")
        assert assets == claims
    removed = sum(each.eliminated for each in found.balance_sheet if each.side == "assets")
    assert removed == sum(each.eliminated for each in found.balance_sheet if each.side != "assets")
    return found


def by_code(found: Consolidation) -> dict[str, tuple[list[int], int, int]]:
    """The lines of both statements by their code, those that follow by their name."""
    lines = [*found.balance_sheet, *found.profit_and_loss]
    return {each.code or each.name: (each.members, each.eliminated, each.total) for each in lines}


def test_what_members_have_with_each_other_nets_to_zero(group: tuple[Books, Books, Books]) -> None:
    found = statements(group[0])
    lines = by_code(found)
    assert found.unmatched == 0
    assert lines["current_assets"] == ([0, 18_000, 0], -18_000, 0)
    # The tax nobody charged: rent of 10,000 euros, and of 8,000 that were said in dollars.
    assert lines["revenue"][2] == 40_000
    assert found.result == 40_000


def test_results_of_another_fiscal_year_are_taken_out_at_their_own_average(db: None) -> None:
    anne_everywhere()
    head = begin_books("Head BV")
    american = begin_books("American Inc", country="GB", currency="USD")
    for month in range(1, 13):
        rate(head, f"2011-{month:02}-01", "1.25" if month < 7 else "1")
        rate(american, f"2011-{month:02}-01", "0.8" if month < 7 else "1", currency="EUR")
    open_year(american.anne, start=date(2011, 7, 1), end=date(2012, 6, 30))
    customer(head, "AMERICAN")
    customer(american, "HEAD")
    relate_company(
        head.anne, party="AMERICAN", company="American Inc", account=PURCHASES, at_once=True
    )
    relate_company(american.anne, party="HEAD", company="Head BV", account=PURCHASES)
    charge = Charge(party="HEAD", date=date(2011, 8, 1), amount=10_000, account=SALES)
    charge_affiliates(american.anne, charges=[charge])
    keep_group(head.anne, code="HEAD", name="Both", members=[MemberDraft(company="American Inc")])
    found = statements(head)
    assert by_code(found)["revenue"] == ([0, 10_000], -10_000, 0)
    assert (found.result, found.unmatched) == (0, 0)


def test_participations_become_goodwill_and_others_keep_their_share(
    group: tuple[Books, Books, Books],
) -> None:
    found = statements(group[0])
    lines = by_code(found)
    # Paid 250,000 for 100,000 euros of equity and 80 % of 160,000.
    assert lines["Goodwill"][2] == 250_000 - 100_000 - 128_000
    # A fifth of 160,000 and of the 40,000 less 18,000 rent that the American company earned.
    assert found.minority == lines["Minority interest"][2] == 36_400
    assert lines["fixed_assets"][2] == 0


def test_another_rate_at_the_end_leaves_a_difference_of_translation(
    group: tuple[Books, Books, Books],
) -> None:
    head, dutch, american = group
    for books, currency, said in ((head, "USD", "1"), (dutch, "USD", "1"), (american, "EUR", "1")):
        rate(books, "2011-12-31", said, currency=currency)
    # Each keeps what it owes and is owed at the rate of the day; then both sides agree.
    revalue(dutch.anne, on=END)
    revalue(american.anne, on=END)
    found = statements(head)
    assert found.unmatched == 0
    assert by_code(found)["Translation differences"][0][0] == 0
    assert by_code(found)["Translation differences"][0][2] != 0


def test_closing_a_year_changes_nothing_in_what_the_group_is_worth(
    group: tuple[Books, Books, Books],
) -> None:
    before = statements(group[0])
    for books in group:
        close_year(books.anne, year="2011")
    after = statements(group[0])
    assert (after.assets, after.result, after.minority) == (
        before.assets,
        before.result,
        before.minority,
    )


def test_every_figure_has_the_accounts_of_the_members(group: tuple[Books, Books, Books]) -> None:
    found = statements(group[0])
    cash = next(each for each in found.balance_sheet if each.code == "cash")
    accounts = [(each.company, each.currency, each.own, each.amount) for each in cash.accounts]
    assert accounts == [
        ("Head BV", "EUR", 250_000, 250_000),
        ("Dutch BV", "EUR", 100_000, 100_000),
        ("American Inc", "USD", 250_000, 200_000),
    ]
    assert [each.members for each in company_groups(group[0].anne)] == [3]


def test_who_may_not_see_a_member_sees_nothing(group: tuple[Books, Books, Books]) -> None:
    head, _dutch, _american = group
    with pytest.raises(NotAllowed):
        consolidated_statements(head.bob("finance.read_ledger"), group="HEAD", on=END)
    with pytest.raises(NotFound):
        keep_group(
            head.bob("finance.manage_groups"),
            code="X",
            name="X",
            members=[MemberDraft(company="Dutch BV")],
        )
    with pytest.raises(NotFound):
        consolidated_statements(group[1].anne, group="HEAD", on=END)


def test_what_can_be_no_group_is_refused(group: tuple[Books, Books, Books]) -> None:
    head = group[0]
    with pytest.raises(InvalidInput):
        keep_group(head.anne, code="X", name="X", members=[MemberDraft(company="Head BV")])
    for percent in ("0", "-1", "100.000001", "NaN"):
        drafts = [MemberDraft(company="Dutch BV", percent=Decimal(percent))]
        with pytest.raises(InvalidInput):
            keep_group(head.anne, code="X", name="X", members=drafts)
    with pytest.raises(MissingRate):
        statements(head, date(2013, 6, 30))


def test_what_only_one_side_has_is_named(group: tuple[Books, Books, Books]) -> None:
    head, dutch, _american = group
    party = [LineDraft(account=RECEIVABLES, amount=700, party="AMERICAN")]
    lines = [*party, LineDraft(account=SALES, amount=-700)]
    dutch.post(EntryDraft(date=date(2011, 8, 1), lines=lines, text="Nobody there knows"))
    assert statements(head).unmatched == 700


def opened(books: Books, url: str) -> list[MemberLine]:
    """The lines that a figure of the page opens."""
    address = Address(*split_url(url))
    return list(MEMBER_LINES.read(books.anne, address, cursor="", limit=100).rows)


def split_url(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    path, _mark, asked = url.partition("?")
    return path, tuple(parse_qsl(asked))


@pytest.mark.parametrize("accounts", ["rgs", "company"])
def test_figures_of_the_page_open_the_lines_they_are_made_of(
    group: tuple[Books, Books, Books], accounts: str
) -> None:
    head = group[0]
    report = make_consolidation(
        head.anne, Span(date(2011, 1, 1), END), {"group": "HEAD", "accounts": accounts}
    )
    assert [each.title for each in report.columns][:3] == ["Head BV", "Dutch BV", "American Inc"]
    found = consolidated_statements(head.anne, group="HEAD", on=END)
    assets = {each.code for each in found.balance_sheet if each.side == "assets"}
    count = 0
    for row in report.rows:
        for place, figure in enumerate(row.figures):
            if figure is None or not figure.url:
                continue
            lines = opened(head, figure.url)
            assert {each.company for each in lines} == {found.companies[place]}
            if lines[0].currency == "EUR":
                part = dict(split_url(figure.url)[1]).get("part")
                debit = sum(each.debit - each.credit for each in lines)
                assert abs(debit) == abs(figure.minor)
                assert part is None or (part in assets) == (debit == figure.minor)
                count += 1
    assert count > 6


def test_accounts_with_the_same_rgs_code_are_one_to_the_group(
    group: tuple[Books, Books, Books],
) -> None:
    chosen = {"group": "HEAD", "accounts": "rgs"}
    report = make_consolidation(group[0].anne, Span(date(2011, 1, 1), END), chosen)
    shares = next(row for row in report.rows if row.code == "BEivGokGea")
    figures = [each.minor if each else 0 for each in shares.figures]
    assert figures[:2] == [500_000, 100_000]
    assert figures[-1] == sum(figures[:3])
    chosen["accounts"] = "none"
    report = make_consolidation(group[0].anne, Span(date(2011, 1, 1), END), chosen)
    assert not any(row.code for row in report.rows)


def test_a_line_of_a_member_opens_its_entry_and_nobody_elses_is_seen(
    group: tuple[Books, Books, Books],
) -> None:
    head, _dutch, american = group
    asked: dict[str, Any] = {"group": "HEAD", "company": "American Inc"}
    line = member_lines(head.anne, **asked, account=SALES, end=END).rows[0]
    whole = member_lines(head.anne, **asked, entry=line.entry).rows
    assert sum(each.debit - each.credit for each in whole) == 0
    assert {each.currency for each in whole} == {"USD"}
    begin_books("Stranger BV")
    with pytest.raises(NotFound):
        member_lines(head.anne, group="HEAD", company="Stranger BV")
    with pytest.raises(NotFound):
        member_lines(american.anne, group="HEAD", company="Dutch BV")
    with pytest.raises(NotFound):
        member_lines(head.bob("finance.read_ledger"), **asked)
    assert member_lines(head.anne).rows == []


def test_the_page_chooses_among_groups(group: tuple[Books, Books, Books]) -> None:
    head = group[0]
    assert company_groups(head.anne)[0].companies == ["Head BV", "Dutch BV", "American Inc"]
    member = MemberDraft(company="Dutch BV", acquired_on=date(2011, 1, 2), equity=100_000)
    keep_group(head.anne, code="TWO", name="Two of us", members=[member])
    assert list(CONSOLIDATION.options[0].of(head.anne)) == ["HEAD", "TWO"]
    chosen = {"group": "TWO", "accounts": "none"}
    report = make_consolidation(head.anne, Span(date(2011, 1, 1), END), chosen)
    assert [each.title for each in report.columns] == [
        "Head BV", "Dutch BV", "Eliminated", "Two of us",
    ]  # fmt: skip
