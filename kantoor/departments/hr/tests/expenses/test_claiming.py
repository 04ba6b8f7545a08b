"""Claims: what an expense comes to, what policy refuses, and who may do what with whose."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kantoor.departments.hr.actions.expenses.categories import (
    add_expense_category,
    change_expense_category,
)
from kantoor.departments.hr.actions.expenses.claiming import (
    add_receipt,
    claim_expense,
    drop_expenses,
    submit_claim,
    withdraw_claim,
)
from kantoor.departments.hr.actions.expenses.deciding import (
    approve_claim,
    approve_claims,
    refuse_claim,
    refuse_claims,
)
from kantoor.departments.hr.drafts_expenses import CategoryChange, CategoryDraft, Receipt
from kantoor.departments.hr.errors_expenses import (
    AgainstPolicy,
    ClaimState,
    OwnClaim,
    UnknownCategory,
    UnknownClaim,
    WrongReceipt,
)
from kantoor.departments.hr.models import ExpenseLine
from kantoor.departments.hr.queries.expenses.claims import (
    claims_to_decide,
    expense_claim,
    expense_receipt,
    my_claims,
)
from kantoor.departments.hr.reference.mileage import untaxed_rate
from kantoor.departments.hr.tests.expenses.office import PNG, Office
from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed
from kantoor.kernel.parties.actions import link_user


def only_line(number: str) -> ExpenseLine:
    return ExpenseLine.objects.get(claim__number=number)


def test_a_claim_adds_up_its_lines_and_goes_on_until_it_is_handed_in(office: Office) -> None:
    number = office.claimed(office.draft(), office.draft("hotel", 9_900))
    again = claim_expense(office.emma, claim=number, expense=office.draft(amount=100))
    assert again == number == "EX-000001"
    assert office.claim(number).amount == 1_210 + 9_900 + 100


@pytest.mark.parametrize(
    ("on", "rate"),
    [
        (date(2022, 12, 31), "0.19"), (date(2023, 1, 1), "0.21"), (date(2023, 12, 31), "0.21"),
        (date(2024, 1, 1), "0.23"), (date(2026, 3, 10), "0.23"),
    ],
)  # fmt: skip
def test_the_untaxed_rate_of_a_kilometre_is_that_of_the_day(on: date, rate: str) -> None:
    found = untaxed_rate("NL", on)
    assert found is not None and found.rate == Decimal(rate) and found.source


def test_mileage_is_kilometres_times_the_untaxed_rate(office: Office) -> None:
    line = only_line(office.claimed(office.draft("km", None, quantity=Decimal("123.5"))))
    assert (line.own, line.taxable) == (2_841, 0)  # 123.5 × 0.23 = 28.405, rounded half up


def test_what_is_paid_above_the_untaxed_rate_is_taxable_and_said_so(office: Office) -> None:
    line = only_line(office.claimed(office.draft("km-high", None, quantity=Decimal(100))))
    assert (line.own, line.taxable) == (3_000, 700)


def test_a_per_diem_is_days_times_its_rate(office: Office) -> None:
    assert (
        only_line(office.claimed(office.draft("day", None, quantity=Decimal("2.5")))).own == 13_750
    )


def test_foreign_money_counts_at_the_rate_of_the_day(office: Office) -> None:
    set_rate = action_named("finance.set_rate")
    assert set_rate is not None
    set_rate.call(office.carla, currency="USD", rate=Decimal("1.25"), date=date(2026, 3, 9))
    line = only_line(office.claimed(office.draft(amount=5_000, currency="USD")))
    assert (line.amount, line.currency, line.own) == (5_000, "USD", 4_000)


def test_above_a_limit_a_reason_is_asked_or_it_is_refused(office: Office) -> None:
    with pytest.raises(AgainstPolicy) as asked:
        office.claimed(office.draft("hotel", 20_000))
    assert asked.value.place.field == "reason"
    office.claimed(office.draft("hotel", 20_000, reason="Nothing else was free"))
    with pytest.raises(AgainstPolicy):
        office.claimed(office.draft("meal", 4_001, reason="Good wine"))


@pytest.mark.parametrize(
    ("category", "amount", "more", "field"),
    [
        ("tools", 0, {}, "amount"),
        ("tools", None, {}, "amount"),
        ("tools", 10**15, {}, "amount"),
        ("tools", 100, {"tax": 200}, "tax"),
        ("tools", 100, {"currency": "XXY"}, "currency"),
        ("tools", 100, {"date": date(1999, 1, 1)}, "date"),
        ("tools", 100, {"text": "x" * 300}, "text"),
        ("km", None, {}, "quantity"),
        ("km", None, {"quantity": Decimal("1e30")}, "quantity"),
        ("km", None, {"quantity": Decimal("0.0001")}, "quantity"),
    ],
)
def test_what_can_not_be_is_refused(
    office: Office, category: str, amount: int | None, more: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        office.claimed(office.draft(category, amount, **more))
    assert refused.value.place.field == field


def test_nothing_is_claimed_of_tomorrow_or_of_no_category(office: Office) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(InvalidInput):
        office.claimed(office.draft(date=tomorrow))
    with pytest.raises(UnknownCategory):
        office.claimed(office.draft("yacht"))


def test_a_receipt_is_asked_from_an_amount_on_and_kept_as_it_came(office: Office) -> None:
    number = office.claimed(office.draft(amount=5_000))
    with pytest.raises(AgainstPolicy):
        submit_claim(office.emma, claim=number)
    line = only_line(number)
    add_receipt(office.emma, expense=line.pk, receipt=Receipt(name="bon.png", content=PNG))
    submit_claim(office.emma, claim=number)
    file = expense_receipt(office.mo, expense=line.pk)
    assert (file.media_type, file.subject_id) == ("image/png", line.subject_id)


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ\x90"])
def test_what_is_no_picture_is_no_receipt(office: Office, content: bytes) -> None:
    receipt = Receipt(name="bon.png", content=content)
    with pytest.raises(WrongReceipt):
        claim_expense(office.emma, expense=office.draft(), receipt=receipt)


def test_the_manager_decides_and_nobody_on_their_own(office: Office) -> None:
    number = office.submitted()
    assert [row.number for row in claims_to_decide(office.mo).rows] == [number]
    with pytest.raises(UnknownClaim):
        approve_claim(office.emma, claim=number)
    approve_claim(office.mo, claim=number)
    assert office.claim(number).state == "approved"
    with pytest.raises(ClaimState):
        approve_claims(office.mo, claims=[number])


def test_hr_decides_on_all_but_its_own(office: Office) -> None:
    staff = office.staff
    staff.hire("H1", name="Helen")
    link_user(staff.house.administrator, user="helen", party="H1")
    mine = office.claimed(by=staff.helen)
    submit_claim(staff.helen, claim=mine)
    with pytest.raises(OwnClaim):
        approve_claim(staff.helen, claim=mine)
    approve_claim(staff.helen, claim=office.submitted())


def test_a_claim_that_was_sent_back_is_changed_and_handed_in_again(office: Office) -> None:
    number = office.submitted()
    refuse_claim(office.mo, claim=number, why="Which customer was this for?")
    assert my_claims(office.emma, state="refused").rows[0].number == number
    claim_expense(office.emma, claim=number, expense=office.draft())
    submit_claim(office.emma, claim=number)
    with pytest.raises(InvalidInput):
        refuse_claims(office.mo, claims=[number], why=" ")


def test_what_was_handed_in_is_changed_only_after_it_is_taken_back(office: Office) -> None:
    number = office.submitted()
    with pytest.raises(ClaimState):
        claim_expense(office.emma, claim=number, expense=office.draft())
    with pytest.raises(UnknownClaim):
        drop_expenses(office.emma, expenses=[only_line(number).pk])
    withdraw_claim(office.emma, claim=number)
    drop_expenses(office.emma, expenses=[only_line(number).pk])
    assert office.claim(number).amount == 0
    with pytest.raises(ClaimState):
        submit_claim(office.emma, claim=number)


def test_others_see_nothing_of_a_claim(office: Office) -> None:
    number = office.claimed()
    stranger: Actor = office.staff.house.person("sara", "employee")
    for actor in (stranger, office.mo):  # The manager sees it when it is handed in.
        with pytest.raises(UnknownClaim):
            expense_claim(actor, number=number)
    assert expense_claim(office.staff.helen, number=number).claim.person == "Emma de Wit"


def test_categories_have_accounts_and_codes_that_exist(office: Office) -> None:
    helen = office.staff.helen
    for draft, field in (
        (CategoryDraft(code="x", name="X", account="99999"), "account"),
        (CategoryDraft(code="x", name="X", account="45625", tax="P12"), "tax"),
        (CategoryDraft(code="x", name="", account="45625"), "name"),
        (CategoryDraft(code="", name="X", account="45625"), "code"),
        (CategoryDraft(code="x", name="X", account="45625", rate=Decimal(10**12)), "rate"),
    ):
        with pytest.raises(InvalidInput) as refused:
            add_expense_category(helen, category=draft)
        assert refused.value.place.field == field
    with pytest.raises(Conflict):
        add_expense_category(helen, category=CategoryDraft(code="KM", name="X", account="45625"))
    change_expense_category(helen, change=CategoryChange(code="meal", active=False))
    with pytest.raises(UnknownCategory):
        office.claimed(office.draft("meal"))
    with pytest.raises(NotAllowed):
        change_expense_category(office.emma, change=CategoryChange(code="km", active=False))
