"""The tax on purchases: which codes there are, what they post, and what an invoice points to."""

from datetime import date
from decimal import Decimal

import pytest

from kantoor.departments.finance.actions.purchase_tax import PurchaseRule
from kantoor.departments.finance.actions.tax import TaxCodes
from kantoor.departments.finance.errors import UnknownTaxCode
from kantoor.departments.finance.models import Account, TaxCode
from kantoor.departments.finance.queries.tax_choices import purchase_tax_choices
from kantoor.departments.finance.reference import vat
from kantoor.departments.finance.reference.vat.decision import Supply
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor

DAY = date(2024, 5, 1)


@action(permission="tests.write", title="Ask for a purchase's tax", hidden=True)
def ask_rule(actor: Actor, /, *, code: str, on: date) -> PurchaseRule:
    """The rule of a code, made in the books where it is new."""
    return TaxCodes(actor.company_id, actor.country).purchase(code, on)


@action(permission="tests.write", title="Ask what an invoice points to", hidden=True)
def ask_proposal(
    actor: Actor, /, *, country: str, category: str, rate: Decimal | None, supply: Supply
) -> str:
    """The code of the proposal."""
    codes = TaxCodes(actor.company_id, actor.country)
    return codes.purchase_for(country, category, rate, DAY, supply.value).code


def posted(books: Books, code: str, base: int, tax: int | None = None) -> dict[str, int]:
    """The lines of tax by the role of their account."""
    rule = ask_rule(books.anne, code=code, on=DAY)
    roles = dict(Account.objects.values_list("id", "role"))
    return {roles[each.account]: each.amount for each in rule.lines(base, tax)}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("P21", {"vat_receivable": 2100}),
        ("P9", {"vat_receivable": 900}),
        ("P21-50", {"vat_receivable": 1050, "vat_not_deductible": 1050}),
        ("P21-0", {"vat_not_deductible": 2100}),
        ("PR21", {"vat_receivable": 2100, "vat_reversed": -2100}),
        ("PK9", {"vat_receivable": 900, "vat_reversed": -900}),
        ("PA21", {"vat_receivable": 2100, "vat_reversed": -2100}),
        ("PX21", {"vat_receivable": 2100, "vat_reversed": -2100}),
        ("PI21-25", {"vat_receivable": 525, "vat_not_deductible": 1575, "vat_reversed": -2100}),
        ("PC21", {"vat_receivable": 2100}),
        ("PE", {}),
        ("PO", {}),
        ("PZ", {}),
    ],
)
def test_a_code_posts_input_output_and_what_is_lost(
    books: Books, code: str, expected: dict[str, int]
) -> None:
    assert posted(books, code, 10_000) == expected


def test_tax_is_rounded_half_up_or_as_the_invoice_says(books: Books) -> None:
    assert posted(books, "P21", 250) == {"vat_receivable": 53}  # 52.5
    assert posted(books, "P21", -250) == {"vat_receivable": -53}
    assert posted(books, "P21", 250, tax=52) == {"vat_receivable": 52}
    # Half of 53 is 26.5: the halves still add up to the tax.
    assert posted(books, "P21-50", 250) == {"vat_receivable": 27, "vat_not_deductible": 26}


def test_the_supplier_gets_the_tax_only_where_the_supplier_owes_it(books: Books) -> None:
    assert ask_rule(books.anne, code="P21", on=DAY).payable_of(2100) == 2100
    assert ask_rule(books.anne, code="PK21", on=DAY).payable_of(2100) == 0


def test_a_purchase_code_is_made_once_with_its_accounts(books: Books) -> None:
    for _ in range(2):
        ask_rule(books.anne, code="PK21-50", on=DAY)
    made = TaxCode.objects.get(code="PK21-50")
    assert (made.use, made.reversed, made.deductible) == ("purchase", True, Decimal(50))
    assert (made.ground, made.category, made.sales_account) == ("acquisition", "K", None)
    assert (made.valid_from, made.valid_to) == (date(2012, 10, 1), None)
    assert made.name_nl == "Goederen uit een EU-land, btw 21%, 50% aftrekbaar"


@pytest.mark.parametrize(
    "code", ["P20", "S21", "P21-100", "P21-", "P21-5e1", "P21-050", "PE-50", "P21-33.333", "P"]
)
def test_a_code_that_is_for_no_purchase_is_refused(books: Books, code: str) -> None:
    with pytest.raises(UnknownTaxCode) as refused:
        ask_rule(books.anne, code=code, on=DAY)
    assert refused.value.place.field == "tax"
    assert not TaxCode.objects.exists()


def test_a_rate_counts_on_its_days(books: Books) -> None:
    assert ask_rule(books.anne, code="P19", on=date(2012, 9, 30)).on(100) == 19
    with pytest.raises(UnknownTaxCode):
        ask_rule(books.anne, code="P19", on=date(2012, 10, 1))


@pytest.mark.parametrize(
    ("country", "category", "rate", "supply", "code"),
    [
        ("NL", "S", "21", Supply.GOODS, "P21"),
        ("NL", "S", "9", Supply.SERVICES, "P9"),
        ("NL", "AE", "0", Supply.SERVICES, "PR21"),
        ("NL", "E", "0", Supply.SERVICES, "PE"),
        ("NL", "Z", "0", Supply.GOODS, "PZ"),
        ("NL", "O", None, Supply.GOODS, "PO"),
        ("DE", "K", "0", Supply.GOODS, "PK21"),
        ("DE", "AE", "0", Supply.SERVICES, "PA21"),
        ("DE", "S", "19", Supply.GOODS, "PO"),
        ("US", "O", None, Supply.SERVICES, "PX21"),
        ("CN", "G", "0", Supply.GOODS, "PI21"),
        ("GB", "G", "0", Supply.GOODS, "PI21"),
        ("", "S", "21", Supply.GOODS, "P21"),
    ],
)
def test_an_invoice_points_to_a_code(
    books: Books, country: str, category: str, rate: str | None, supply: Supply, code: str
) -> None:
    asked = Decimal(rate) if rate is not None else None
    found = ask_proposal(books.anne, country=country, category=category, rate=asked, supply=supply)
    assert found == code


def test_the_codes_to_choose_from_are_there_before_they_are_used(books: Books) -> None:
    ask_rule(books.anne, code="P21-50", on=DAY)
    codes = [each.code for each in purchase_tax_choices(books.anne, on=DAY)]
    assert codes[:3] == ["P21", "P9", "PZ"]
    assert codes[-1] == "P21-50"
    assert len(codes) == len(set(codes)) == 7 * 2 + 3 + 1


def test_every_ground_names_its_law_and_has_names_apart() -> None:
    grounds = vat.grounds().values()
    assert all("art" in each.rule for each in grounds)
    assert len({each.name.nl for each in grounds}) == len({each.code for each in grounds}) == 10
