"""Who approves purchases: by amount and cost centre, within limits, and never who entered them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.actions.payables.approving import approve_purchase_invoice
from kantoor.departments.finance.actions.payables.coding import (
    LineCoding,
    alter_purchase_invoice,
    code_purchase_invoice,
)
from kantoor.departments.finance.actions.payables.entering import (
    enter_purchase_invoice,
    enter_purchase_invoices,
)
from kantoor.departments.finance.actions.payables.posting import post_purchase_invoice
from kantoor.departments.finance.actions.payables.rules_of_approval import (
    add_approval_rule,
    end_approval_rule,
    set_match_tolerance,
)
from kantoor.departments.finance.actions.payables.states import (
    hold_purchase_invoice,
    hold_purchase_invoices,
    keep_purchase_apart,
    refuse_purchase_invoice,
    refuse_purchase_invoices,
    release_purchase_invoice,
    release_purchase_invoices,
)
from kantoor.departments.finance.errors import AboveLimit, NotReady
from kantoor.departments.finance.models import PurchaseInvoice, PurchaseStep
from kantoor.departments.finance.tests.payables.buying import (
    bought,
    enter,
    post,
    purchase,
    state_of,
    supplier,
)
from kantoor.departments.finance.tests.people import SUSPENSE, Books, employ
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.actor import console_actor
from kantoor.kernel.actors.approvals import approve_request
from kantoor.kernel.actors.models import Company
from kantoor.kernel.errors import Conflict, DomainError, NotAllowed

EYES = {"finance.approve_purchase": None, "finance.post_purchase": None}


def entered(books: Books, reference: str = "F-1", **line: Any) -> str:
    """An invoice of 121 euro that waits; gives its number."""
    return enter(books, purchase(reference, bought(10_000, **line)))[0].number


def test_above_the_amount_of_a_rule_its_person_approves(books: Books) -> None:
    supplier(books)
    bob, carl = employ(books, "Bob", EYES), employ(books, "Carl", EYES)
    add_approval_rule(books.anne, name="Director", from_amount=12_100, user="bob")
    number = entered(books)
    small = enter(books, purchase("F-2", bought(9_000)), post_them=True)[0]
    assert small.state == "posted"
    with pytest.raises(NotReady):
        post(books, number)
    with pytest.raises(NotAllowed):
        approve_purchase_invoice(carl, invoice=number)
    with pytest.raises(NotAllowed):
        approve_purchase_invoice(books.anne, invoice=number)
    assert approve_purchase_invoice(bob, invoice=number) == "approved"
    post(books, number)
    assert state_of(number) == "posted"


def test_two_rules_want_two_persons(books: Books) -> None:
    supplier(books)
    bob, carl = employ(books, "Bob", EYES), employ(books, "Carl", EYES)
    add_approval_rule(books.anne, name="Budget", user="bob")
    add_approval_rule(books.anne, name="Director", from_amount=10_000, user="carl")
    number = entered(books)
    assert approve_purchase_invoice(bob, invoice=number) == "proposed"
    assert approve_purchase_invoice(carl, invoice=number) == "approved"
    assert list(PurchaseStep.objects.values_list("state", flat=True).order_by("id")) == [
        "proposed", "signed", "approved",
    ]  # fmt: skip
    end_approval_rule(books.anne, name="Budget")
    post(books, number)


def test_a_cost_centre_has_its_own_rule(books: Books) -> None:
    supplier(books)
    for code in ("100", "200"):
        add_dimension_value(books.anne, dimension="cost_centre", code=code, name=code)
    employ(books, "Bob", EYES)
    add_approval_rule(
        books.anne, name="Shop", user="bob", from_amount=5_000, dimension="cost_centre", value="100"
    )
    of_shop = entered(books, dimensions={"cost_centre": "100"})
    elsewhere = entered(books, "F-2", dimensions={"cost_centre": "200"}, text="x", tax="P9")
    post(books, elsewhere)
    with pytest.raises(NotReady):
        post(books, of_shop)


def test_what_is_changed_after_approval_waits_anew(books: Books) -> None:
    supplier(books)
    bob = employ(books, "Bob", EYES)
    add_approval_rule(books.anne, name="Director", user="bob")
    number = entered(books)
    approve_purchase_invoice(bob, invoice=number)
    coding = [LineCoding(n=1, account=SUSPENSE)]
    code_purchase_invoice(books.anne, invoice=number, lines=coding)
    with pytest.raises(NotReady):
        post(books, number)
    code_purchase_invoice(books.bob("finance.enter_purchase"), invoice=number, lines=coding)
    with pytest.raises(NotAllowed):
        approve_purchase_invoice(bob, invoice=number)


def test_who_approved_a_credit_note_did_not_approve_an_invoice(books: Books) -> None:
    supplier(books)
    bob = employ(books, "Bob", EYES)
    add_approval_rule(books.anne, name="Director", user="bob")
    (note,) = enter(books, purchase("F-1", credit=True))
    assert approve_purchase_invoice(bob, invoice=note.number) == "approved"
    alter_purchase_invoice(
        books.anne, invoice=note.number, supplier="L1", reference="F-1",
        date=date(2026, 3, 2), lines=[bought(10_000)],
    )  # fmt: skip
    with pytest.raises(NotReady):
        post(books, note.number)
    assert approve_purchase_invoice(bob, invoice=note.number) == "approved"


def test_nobody_approves_above_their_limit(books: Books) -> None:
    supplier(books)
    bob = employ(books, "Bob", {"finance.approve_purchase": 12_099})
    with pytest.raises(AboveLimit):
        approve_purchase_invoice(bob, invoice=entered(books))


def test_who_may_enter_posts_nothing_by_it(books: Books) -> None:
    supplier(books)
    draft = purchase("F-1", bought(10_000))
    bob = books.bob("finance.enter_purchase")
    with pytest.raises(NotAllowed):
        enter_purchase_invoices(bob, invoices=[draft], post_them=True)
    carl = employ(books, "Carl", {"finance.enter_purchase": None, "finance.post_purchase": 12_099})
    with pytest.raises(NotAllowed):
        enter_purchase_invoices(carl, invoices=[draft], post_them=True)
    with pytest.raises(NotAllowed):
        enter_purchase_invoice(
            carl, supplier="L1", reference="F-1", date=date(2026, 3, 2), lines=[bought(10_000)],
            post_it=True,
        )  # fmt: skip
    assert not PurchaseInvoice.objects.exists()
    small = purchase("F-2", bought(9_000))
    (made,) = enter_purchase_invoices(carl, invoices=[small], post_them=True)
    assert made.state == "posted"


def test_what_was_altered_after_it_was_asked_is_not_approved(books: Books) -> None:
    supplier(books)
    carl = employ(books, "Carl", {"finance.enter_purchase": None, "finance.post_purchase": 12_099})
    dirk = employ(books, "Dirk", EYES)
    number = entered(books)
    with pytest.raises(NeedsSecondPair) as waiting:
        post_purchase_invoice(carl, invoice=number)
    alter_purchase_invoice(
        carl, invoice=number, supplier="L1", reference="F-1", date=date(2026, 3, 2),
        lines=[bought(1_000_000)],
    )  # fmt: skip
    with pytest.raises(Conflict):
        approve_request(dirk, approval_id=waiting.value.approval_id)
    assert state_of(number) == "proposed"
    alter_purchase_invoice(
        carl, invoice=number, supplier="L1", reference="F-1", date=date(2026, 3, 2),
        lines=[bought(10_000)],
    )  # fmt: skip
    approve_request(dirk, approval_id=waiting.value.approval_id)
    assert state_of(number) == "posted"


def test_a_machine_has_no_eyes(books: Books) -> None:
    supplier(books)
    add_approval_rule(books.anne, name="All", user="anne")
    number = entered(books)
    console = console_actor(Company.objects.get(pk=books.company_id))
    with pytest.raises(NotAllowed):
        approve_purchase_invoice(console, invoice=number)
    with pytest.raises(DomainError):
        post(Books(console, books.company_id), number)


@pytest.mark.parametrize(
    "rule",
    [
        {"name": " ", "user": "bob"},
        {"name": "x", "from_amount": -1, "user": "bob"},
        {"name": "x"},
        {"name": "x", "user": "bob", "role": "y"},
        {"name": "x", "user": "nobody"},
        {"name": "x", "role": "nothing"},
        {"name": "x", "user": "bob", "dimension": "cost_centre", "value": "9"},
        {"name": "All", "user": "bob"},
    ],
)
def test_a_wrong_rule_is_refused(books: Books, rule: dict[str, Any]) -> None:
    employ(books, "Bob", EYES)
    add_approval_rule(books.anne, name="All", user="bob")
    with pytest.raises(DomainError):
        add_approval_rule(books.anne, **rule)
    with pytest.raises(DomainError):
        end_approval_rule(books.anne, name="none")
    with pytest.raises(DomainError):
        set_match_tolerance(books.anne, quantity=Decimal(-1))


def test_a_held_invoice_goes_on_when_it_is_released(books: Books) -> None:
    supplier(books)
    number = entered(books)
    hold_purchase_invoices(books.anne, invoices=[number], why="Wrong price")
    with pytest.raises(NotReady):
        post(books, number)
    release_purchase_invoices(books.anne, invoices=[number])
    post(books, number)
    hold_purchase_invoice(books.anne, invoice=number, why="Broken goods")
    release_purchase_invoice(books.anne, invoice=number, why="Mended")
    with pytest.raises(NotReady):
        release_purchase_invoice(books.anne, invoice=number)


def test_a_refused_invoice_stays_refused(books: Books) -> None:
    supplier(books)
    first, second = entered(books), entered(books, "F-2", tax="P9")
    refuse_purchase_invoices(books.anne, invoices=[first], why="Not ours")
    refuse_purchase_invoice(books.anne, invoice=second, why="Not ours")
    with pytest.raises(NotReady):
        post(books, first)
    with pytest.raises(NotReady):
        refuse_purchase_invoice(books.anne, invoice=first, why="x")
    with pytest.raises(NotReady):
        hold_purchase_invoice(books.anne, invoice=first, why="x")
    assert entered(books) == "PI-000003"
    assert state_of("PI-000003") == "proposed"


def test_a_person_says_that_an_invoice_is_another(books: Books) -> None:
    supplier(books)
    entered(books)
    number = entered(books, "F-2")
    assert state_of(number) == "received"
    keep_purchase_apart(books.anne, invoice=number, why="Two deliveries on one day")
    post(books, number)
    with pytest.raises(NotReady):
        keep_purchase_apart(books.anne, invoice=number, why="x")
