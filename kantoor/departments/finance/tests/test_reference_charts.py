"""The charts of accounts are complete and agree with the layout of the statements."""

from collections import Counter

import pytest

from kantoor.departments.finance.reference import charts, layout
from kantoor.departments.finance.reference.charts import Chart, JournalKind, Role
from kantoor.departments.finance.reference.layout import Kind, Side, Statement

CHARTS = [charts.load(key) for key in charts.available()]
SIZES = {"nl": (120, 250), "be": (120, 250), "uk": (100, 200), "plain": (30, 80)}


@pytest.fixture(params=CHARTS, ids=lambda chart: chart.key)
def chart(request: pytest.FixtureRequest) -> Chart:
    loaded: Chart = request.param
    return loaded


def test_the_charts_are_these_four() -> None:
    assert charts.available() == ("be", "nl", "plain", "uk")


def test_each_chart_has_each_role_exactly_once(chart: Chart) -> None:
    assert Counter(each.role for each in chart.accounts if each.role) == Counter(Role)
    assert set(chart.roles) == set(Role)


def test_codes_are_unique_and_in_order(chart: Chart) -> None:
    codes = [each.code for each in chart.accounts]
    assert codes == sorted(set(codes))
    assert len({len(code) for code in codes}) == 1
    assert all(code.isdigit() for code in codes)


def test_names_are_there_in_both_languages_and_tell_accounts_apart(chart: Chart) -> None:
    for language in ("en", "nl"):
        names = [each.name.in_language(language) for each in chart.accounts]
        assert all(name == name.strip() and name for name in names)
        repeated = [name for name, times in Counter(map(str.lower, names)).items() if times > 1]
        assert not repeated


def test_the_kind_of_each_account_fits_its_group(chart: Chart) -> None:
    misfits = [
        each.code for each in chart.accounts if each.kind not in layout.group(each.group).kinds
    ]
    assert not misfits


def test_every_group_is_used(chart: Chart) -> None:
    assert {each.group for each in chart.accounts} == {each.code for each in layout.groups()}


def test_a_chart_has_the_size_of_its_purpose(chart: Chart) -> None:
    least, most = SIZES[chart.key]
    assert least <= len(chart.accounts) <= most


@pytest.mark.parametrize(
    ("role", "kind", "group"),
    [
        (Role.RECEIVABLES, Kind.ASSET, "current_assets"),
        (Role.PAYABLES, Kind.LIABILITY, "current_liabilities"),
        (Role.BANK, Kind.ASSET, "cash"),
        (Role.CASH, Kind.ASSET, "cash"),
        (Role.TRANSFERS, Kind.ASSET, "cash"),
        (Role.SALES_DOMESTIC, Kind.INCOME, "revenue"),
        (Role.SALES_INTRA_EU, Kind.INCOME, "revenue"),
        (Role.SALES_EXPORT, Kind.INCOME, "revenue"),
        (Role.SALES_EXEMPT, Kind.INCOME, "revenue"),
        (Role.VAT_PAYABLE, Kind.LIABILITY, "current_liabilities"),
        (Role.VAT_RECEIVABLE, Kind.ASSET, "current_assets"),
        (Role.VAT_REVERSED, Kind.LIABILITY, "current_liabilities"),
        (Role.VAT_SETTLEMENT, Kind.LIABILITY, "current_liabilities"),
        (Role.VAT_NOT_DEDUCTIBLE, Kind.EXPENSE, "other_operating"),
        (Role.PURCHASES, Kind.EXPENSE, "cost_of_sales"),
        (Role.SUSPENSE, Kind.ASSET, "current_assets"),
        (Role.BAD_DEBT, Kind.EXPENSE, "other_operating"),
        (Role.RETAINED_EARNINGS, Kind.EQUITY, "equity"),
        (Role.RESULT_FOR_YEAR, Kind.EQUITY, "equity"),
        (Role.PAYROLL_PAYABLE, Kind.LIABILITY, "current_liabilities"),
        (Role.PAYROLL_EXPENSE, Kind.EXPENSE, "personnel"),
        (Role.EXCHANGE_DIFFERENCE, Kind.EXPENSE, "financial"),
        (Role.DISPOSAL_RESULT, Kind.INCOME, "other_income"),
        (Role.REVALUATION_RESERVE, Kind.EQUITY, "equity"),
        (Role.PREPAID_EXPENSES, Kind.ASSET, "current_assets"),
        (Role.DEFERRED_INCOME, Kind.LIABILITY, "current_liabilities"),
        (Role.ACCRUED_EXPENSES, Kind.LIABILITY, "current_liabilities"),
        (Role.ACCRUED_INCOME, Kind.ASSET, "current_assets"),
        (Role.INTEREST_RECEIVED, Kind.INCOME, "financial"),
        (Role.COLLECTION_CHARGES, Kind.INCOME, "other_income"),
        (Role.PREPAYMENTS_RECEIVED, Kind.LIABILITY, "current_liabilities"),
    ],
)
def test_a_role_stands_where_its_postings_belong(
    chart: Chart, role: Role, kind: Kind, group: str
) -> None:
    account = chart.account(chart.roles[role])
    assert (account.kind, account.group) == (kind, group)


def test_rounding_is_an_expense(chart: Chart) -> None:
    assert chart.account(chart.roles[Role.ROUNDING]).kind == Kind.EXPENSE


def test_each_chart_has_one_journal_of_each_kind(chart: Chart) -> None:
    assert Counter(each.kind for each in chart.journals) == Counter(JournalKind)
    assert len({each.code for each in chart.journals}) == len(chart.journals)
    assert all(each.name.en and each.name.nl and each.code.isupper() for each in chart.journals)


def test_bank_and_cash_journals_name_the_account_they_book_against(chart: Chart) -> None:
    roles = {each.kind: each.role for each in chart.journals if each.role}
    assert roles == {JournalKind.BANK: Role.BANK, JournalKind.CASH: Role.CASH}


def test_dutch_accounts_carry_their_rgs_code() -> None:
    dutch = charts.load("nl")
    codes = [each.rgs for each in dutch.accounts]
    assert len(set(codes)) == len(codes)
    for account in dutch.accounts:
        balance = layout.group(account.group).statement == Statement.BALANCE_SHEET
        assert account.rgs[0] == ("B" if balance else "W")
    assert dutch.account("13011").rgs == "BVorDebHad"
    assert dutch.account("13011").name.nl == "Debiteuren"


def test_belgian_accounts_stand_in_the_class_that_the_law_gives_them() -> None:
    balance = {"1", "2", "3", "4", "5"}
    for account in charts.load("be").accounts:
        on_balance = layout.group(account.group).statement == Statement.BALANCE_SHEET
        assert (account.code[0] in balance) == on_balance
        if account.code[0] in "67":
            assert account.kind == (Kind.EXPENSE if account.code[0] == "6" else Kind.INCOME)


@pytest.mark.parametrize(
    ("country", "key"), [("NL", "nl"), ("BE", "be"), ("GB", "uk"), ("DE", "plain"), ("US", "plain")]
)
def test_a_company_begins_with_the_chart_of_its_country(country: str, key: str) -> None:
    assert charts.for_country(country) == key


def test_an_unknown_chart_is_refused() -> None:
    with pytest.raises(KeyError):
        charts.load("../layout")


def test_a_chart_is_read_once() -> None:
    assert charts.load("nl") is charts.load("nl")


def test_a_chart_cannot_be_changed(chart: Chart) -> None:
    with pytest.raises(AttributeError):
        chart.accounts[0].code = "1"  # type: ignore[misc]
    with pytest.raises(TypeError):
        chart.roles[Role.BANK] = "1"  # type: ignore[index]


def test_the_layout_lists_the_balance_sheet_before_the_profit_and_loss_account() -> None:
    sides = list(dict.fromkeys(each.side for each in layout.groups()))
    assert sides == [Side.ASSETS, Side.EQUITY_AND_LIABILITIES, Side.RESULT]
    assert len({each.code for each in layout.groups()}) == len(layout.groups())


def test_each_side_ends_with_a_total_in_both_languages() -> None:
    for side in Side:
        last = [each for each in layout.groups() if each.side == side][-1]
        assert last.subtotal is not None
        assert last.subtotal.en
        assert last.subtotal.nl


def test_the_profit_and_loss_account_shows_its_results_in_order() -> None:
    groups = layout.on(Statement.PROFIT_AND_LOSS)
    assert [each.subtotal.en for each in groups if each.subtotal] == [
        "Gross margin",
        "Operating result",
        "Result before tax",
        "Result after tax",
    ]
