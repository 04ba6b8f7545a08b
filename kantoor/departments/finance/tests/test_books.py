"""Books are set up from a chart; accounts, journals and dimensions are added, renamed, retired."""

import pytest

from kantoor.departments.finance.actions.accounts import (
    add_account,
    add_accounts,
    give_account_role,
    rename_account,
    restore_account,
    retire_account,
    retire_accounts,
)
from kantoor.departments.finance.actions.books import add_journal, set_up_books
from kantoor.departments.finance.actions.dimensions import (
    add_dimension,
    add_dimension_value,
    add_dimension_values,
)
from kantoor.departments.finance.drafts_books import AccountDraft, ValueDraft
from kantoor.departments.finance.errors import UnknownAccount, UnknownDimension
from kantoor.departments.finance.models import Account, Journal
from kantoor.departments.finance.queries.accounts import accounts, dimensions, journals
from kantoor.departments.finance.reference import charts
from kantoor.departments.finance.tests.people import (
    BANK,
    FOUNDER,
    PURCHASES,
    RECEIVABLES,
    SALES,
    SHARES,
    Books,
    begin_books,
    entry,
    found_company,
)
from kantoor.kernel.errors import Conflict, DomainError, InvalidInput, NotAllowed, Refusals

ACCOUNT = {"code": "13099", "name_en": "Deposits", "kind": "asset", "group": "current_assets"}


@pytest.mark.parametrize("chart", charts.available())
def test_a_chart_brings_its_accounts_journals_and_roles(db: None, chart: str) -> None:
    books = begin_books(f"Books of {chart}", chart=chart)
    template = charts.load(chart)
    mine = Account.objects.filter(company_id=books.company_id)
    assert set(mine.values_list("code", flat=True)) == {each.code for each in template.accounts}
    roles = dict(mine.exclude(role="").values_list("role", "code"))
    assert roles == {role.value: code for role, code in template.roles.items()}
    kinds = Journal.objects.filter(company_id=books.company_id).values_list("kind", flat=True)
    assert set(kinds) == {journal.kind.value for journal in template.journals}
    assert [row.code for row in dimensions(books.anne)] == ["cost_centre", "project"]


def test_the_country_chooses_the_chart_when_none_is_named(db: None) -> None:
    company = found_company(FOUNDER, name="Smith", country="GB", currency="GBP", chart="")
    books = Books(begin_books("Other").anne, company)
    from dataclasses import replace

    smith = replace(books.anne, company_id=company, country="GB", currency="GBP")
    assert set_up_books(smith).chart == charts.for_country("GB")


def test_books_are_set_up_once(books: Books) -> None:
    with pytest.raises(Conflict):
        set_up_books(books.anne, chart="nl")


def test_a_chart_that_there_is_not(books: Books) -> None:
    with pytest.raises(InvalidInput, match="plain"):
        set_up_books(books.anne, chart="atlantis")


def test_names_are_in_the_language_of_who_asks(books: Books) -> None:
    from dataclasses import replace

    dutch = replace(books.anne, language="nl")
    assert names(accounts(books.anne))[RECEIVABLES] == "Trade receivables"
    assert names(accounts(dutch))[RECEIVABLES] == "Debiteuren"
    assert {row.code: row.name for row in journals(dutch)}["MEM"] == "Memoriaal"


def names(rows: list) -> dict[str, str]:  # type: ignore[type-arg]
    return {row.code: row.name for row in rows}


# --- accounts


def test_an_account_is_added_and_renamed(books: Books) -> None:
    assert add_account(books.anne, **ACCOUNT) == "13099"  # type: ignore[arg-type]
    assert names(accounts(books.anne))["13099"] == "Deposits"
    rename_account(books.anne, code="13099", name_en="Deposits paid", name_nl="Waarborgen")
    assert names(accounts(books.anne))["13099"] == "Deposits paid"


@pytest.mark.parametrize(
    ("changed", "error", "field"),
    [
        ({"code": ""}, InvalidInput, "code"),
        ({"code": "a/b"}, InvalidInput, "code"),
        ({"code": "1" * 21}, InvalidInput, "code"),
        ({"name_en": " "}, InvalidInput, "name_en"),
        ({"code": BANK}, Conflict, "code"),
        ({"group": "elsewhere"}, InvalidInput, "group"),
        ({"kind": "income"}, InvalidInput, "kind"),
        ({"role": "king"}, InvalidInput, "role"),
        ({"role": "bank"}, Conflict, "role"),
    ],
)
def test_an_account_that_cannot_be(
    books: Books, changed: dict[str, str], error: type[DomainError], field: str
) -> None:
    with pytest.raises(error) as refused:
        add_account(books.anne, **{**ACCOUNT, **changed})  # type: ignore[arg-type]
    assert (refused.value.place.field, refused.value.place.line) == (field, 1)


def test_accounts_are_added_all_or_none(books: Books) -> None:
    drafts = [
        AccountDraft(code=code, name_en="X", kind="asset", group="cash")
        for code in ("10901", "10902", "10901", BANK)
    ]
    with pytest.raises(Refusals) as refused:
        add_accounts(books.anne, accounts=drafts)
    assert [each.place.line for each in refused.value.errors] == [3, 4]
    assert not Account.objects.filter(code="10902").exists()


def test_a_retired_account_is_gone_from_the_chart_until_it_is_used_again(books: Books) -> None:
    assert retire_account(books.anne, code="10202") == 1
    assert retire_accounts(books.anne, codes=["10202", "10230"]) == 1
    assert "10202" not in names(accounts(books.anne))
    assert "10202" in names(accounts(books.anne, retired=True))
    restore_account(books.anne, code="10202")
    assert "10202" in names(accounts(books.anne))


def test_an_account_with_a_role_or_a_balance_is_not_retired(books: Books) -> None:
    with pytest.raises(Conflict, match="role"):
        retire_account(books.anne, code=BANK)
    books.post(entry("2011-01-01", ("10202", 5), (SHARES, -5)))
    with pytest.raises(Conflict, match="balance"):
        retire_account(books.anne, code="10202")
    books.post(entry("2011-01-01", (BANK, 5), ("10202", -5)))
    assert retire_account(books.anne, code="10202") == 1


def test_an_expense_with_a_balance_can_be_retired(books: Books) -> None:
    spent = next(row.code for row in accounts(books.anne) if row.kind == "expense" and not row.role)
    books.post(entry("2011-01-01", (spent, 5), (BANK, -5)))
    assert retire_account(books.anne, code=spent) == 1


def test_a_role_passes_to_another_account(books: Books) -> None:
    give_account_role(books.anne, code="10202", role="bank")
    roles = {row.code: row.role for row in accounts(books.anne)}
    assert (roles[BANK], roles["10202"]) == ("", "bank")
    with pytest.raises(Conflict):
        give_account_role(books.anne, code=SALES, role="bank")
    with pytest.raises(InvalidInput):
        give_account_role(books.anne, code=BANK, role="king")


def test_the_role_of_receivables_stays_where_something_was_posted(books: Books) -> None:
    give_account_role(books.anne, code="10202", role="receivables")
    give_account_role(books.anne, code=RECEIVABLES, role="receivables")
    books.post(entry("2011-01-01", (RECEIVABLES, 5), (SALES, -5)))
    with pytest.raises(Conflict):
        give_account_role(books.anne, code="10202", role="receivables")


@pytest.mark.parametrize("change", [rename_account, restore_account, retire_account])
def test_an_account_of_another_company_is_unknown(
    books: Books, other_books: Books, change: object
) -> None:
    add_account(other_books.anne, **ACCOUNT)  # type: ignore[arg-type]
    more = {"name_en": "Mine"} if change is rename_account else {}
    with pytest.raises(UnknownAccount):
        change(books.anne, code="13099", **more)  # type: ignore[operator]


# --- journals and dimensions


def test_a_journal_is_added_once(books: Books) -> None:
    add_journal(books.anne, code="BNK2", name_en="Second bank", kind="bank")
    assert names(journals(books.anne))["BNK2"] == "Second bank"
    with pytest.raises(Conflict):
        add_journal(books.anne, code="BNK2", name_en="Second bank", kind="bank")
    for code in ("a", "A/B", "", "ABCDEFGHIJK"):
        with pytest.raises(InvalidInput):
            add_journal(books.anne, code=code, name_en="Wrong", kind="bank")


def test_a_free_dimension_with_its_values(books: Books) -> None:
    add_dimension(books.anne, code="region", name_en="Region", name_nl="Regio")
    add_dimension_value(books.anne, dimension="region", code="N", name="North")
    rows = {row.code: row.values for row in dimensions(books.anne)}
    assert rows == {"cost_centre": {}, "project": {}, "region": {"N": "North"}}
    with pytest.raises(Conflict):
        add_dimension_value(books.anne, dimension="region", code="N", name="North")
    with pytest.raises(UnknownDimension):
        add_dimension_value(books.anne, dimension="colour", code="N", name="North")


@pytest.mark.parametrize("code", ["", "Region", "amount", "entry", "a b", "1a", "x" * 31])
def test_a_dimension_that_cannot_be(books: Books, code: str) -> None:
    with pytest.raises(InvalidInput):
        add_dimension(books.anne, code=code, name_en="Wrong")


@pytest.mark.parametrize("code", ["", " a", "a|b", "a=b", "a,b", "a\0", "x" * 31])
def test_a_value_that_cannot_be(books: Books, code: str) -> None:
    values = [ValueDraft(code="good", name="Good"), ValueDraft(code=code, name="Bad")]
    with pytest.raises(InvalidInput) as refused:
        add_dimension_values(books.anne, dimension="project", values=values)
    assert refused.value.place.line == 2


def test_a_company_has_eight_dimensions_at_most(books: Books) -> None:
    for n in range(6):
        add_dimension(books.anne, code=f"d{n}", name_en="More")
    with pytest.raises(Conflict):
        add_dimension(books.anne, code="d6", name_en="Too many")


def test_who_may_not_manage_the_books_is_refused(books: Books) -> None:
    bob = books.bob("finance.read_ledger", "finance.post_entry")
    with pytest.raises(NotAllowed):
        add_account(bob, **ACCOUNT)  # type: ignore[arg-type]
    assert PURCHASES in names(accounts(bob))
