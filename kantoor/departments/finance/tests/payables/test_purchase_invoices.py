"""Purchase invoices: entered, posted on cost and input VAT, and open with the supplier."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kantoor.departments.finance.actions.closing import close_period
from kantoor.departments.finance.actions.dimensions import add_dimension_value
from kantoor.departments.finance.actions.payables.entering import (
    enter_purchase_invoice,
    enter_purchase_invoices,
)
from kantoor.departments.finance.actions.payables.posting import (
    post_purchase_invoice,
    post_purchase_invoices,
)
from kantoor.departments.finance.actions.receivables import settle_one
from kantoor.departments.finance.actions.reversal import reverse_entry
from kantoor.departments.finance.drafts_purchases import TaxSaid
from kantoor.departments.finance.errors import (
    ClosedPeriod,
    NotReady,
    NotReversible,
    UnknownAccount,
    UnknownParty,
    UnknownTaxCode,
    WrongTaxAmount,
    WrongTotal,
)
from kantoor.departments.finance.models import Line, OpenItem, PurchaseInvoice, PurchaseStep
from kantoor.departments.finance.proofs_receivables import receivables
from kantoor.departments.finance.queries.entry_numbers import entry_number
from kantoor.departments.finance.tests.payables.buying import (
    INPUT_VAT,
    PAYABLES,
    booked,
    bought,
    enter,
    post,
    purchase,
    state_of,
    supplier,
)
from kantoor.departments.finance.tests.people import PURCHASES, SUSPENSE, Books, employ, entry
from kantoor.kernel.actions.runner import NeedsSecondPair
from kantoor.kernel.actors.approvals import approve_request
from kantoor.kernel.errors import DomainError


def test_an_invoice_is_booked_on_cost_and_input_vat_and_open_with_the_supplier(
    books: Books,
) -> None:
    supplier(books, payment_days=14)
    (entered,) = enter(books, purchase("F-1"))
    assert (entered.number, entered.state) == ("PI-000001", "proposed")
    assert (entered.net, entered.tax, entered.gross) == (10_000, 2_100, 12_100)
    assert entered.due_on == date(2026, 3, 16)
    posted = post_purchase_invoices(books.anne, invoices=[entered.number])
    assert (posted.invoices, posted.gross) == (1, 12_100)
    assert booked(entered.number) == {PURCHASES: 10_000, INPUT_VAT: 2_100, PAYABLES: -12_100}
    item = OpenItem.objects.get()
    assert (item.open, item.due_on) == (-12_100, date(2026, 3, 16))
    assert item.party is not None
    assert item.party.code == "L1"
    assert list(receivables()) == []


def test_an_invoice_can_be_entered_and_posted_at_once(books: Books) -> None:
    supplier(books)
    entered = enter_purchase_invoice(
        books.anne, supplier="L1", reference="F-1", date=date(2026, 3, 2),
        lines=[bought(5_000)], gross=6_050, post_it=True,
    )  # fmt: skip
    assert entered.state == state_of(entered.number) == "posted"
    states = PurchaseStep.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["proposed", "posted"]


def test_a_line_may_say_quantity_and_price_account_tax_and_cost_centre(books: Books) -> None:
    supplier(books)
    add_dimension_value(books.anne, dimension="cost_centre", code="100", name="Shop")
    line = bought(
        None, quantity=Decimal(3), unit_price=Decimal("0.335"), account=SUSPENSE, tax="P9",
        dimensions={"cost_centre": "100"},
    )  # fmt: skip
    none = bought(500, tax="-")
    (entered,) = enter(books, purchase("F-1", line, none), post_them=True)
    assert (entered.net, entered.tax) == (101 + 500, 9)
    found = Line.objects.get(account__code=SUSPENSE)
    assert found.amount == 101
    assert found.dimension_set_id


def test_a_reversed_tax_is_owed_by_ourselves_and_half_of_another_is_cost(books: Books) -> None:
    supplier(books, "L3", country="DE", tax="PK21")
    (entered,) = enter(books, purchase("F-1", supplier="L3"), post_them=True)
    assert (entered.tax, entered.gross) == (0, 10_000)
    moved = booked(entered.number)
    assert moved.pop(PURCHASES) == 10_000
    assert (moved.pop(INPUT_VAT), moved.pop(PAYABLES)) == (2_100, -10_000)
    assert list(moved.values()) == [-2_100]
    supplier(books, "L4", tax="P21-50")
    (entered,) = enter(books, purchase("F-1", supplier="L4"), post_them=True)
    moved = booked(entered.number)
    assert (moved[INPUT_VAT], moved[PAYABLES], sum(moved.values())) == (1_050, -12_100, 0)
    assert list(receivables()) == []


def test_a_credit_note_settles_with_the_invoice_it_takes_back(books: Books) -> None:
    supplier(books)
    (invoice,) = enter(books, purchase("F-1"), post_them=True)
    note = purchase("C-1", bought(4_000), on="2026-03-09", credits=invoice.number)
    (credit,) = enter(books, note, post_them=True)
    assert booked(credit.number) == {PURCHASES: -4_000, INPUT_VAT: -840, PAYABLES: 4_840}
    open_of = dict(OpenItem.objects.values_list("entry__purchase_invoice__number", "open"))
    assert open_of == {invoice.number: -(12_100 - 4_840), credit.number: 0}
    assert list(receivables()) == []


def test_items_of_suppliers_are_settled_by_their_numbers(books: Books) -> None:
    supplier(books)
    (invoice,) = enter(books, purchase("F-1"), post_them=True)
    (credit,) = enter(books, purchase("C-1", bought(4_000), credit=True), post_them=True)
    assert settle_one(books.anne, debit=credit.number, credit=invoice.number).amount == 4_840


def test_the_tax_that_an_invoice_says_may_differ_by_rounding_alone(books: Books) -> None:
    supplier(books)
    lines = (bought(33), bought(33), bought(33))
    (entered,) = enter(books, purchase("F-1", *lines, taxes=[TaxSaid(tax="P21", amount=18)]))
    assert entered.tax == 18
    with pytest.raises(WrongTaxAmount):
        enter(books, purchase("F-2", taxes=[TaxSaid(tax="P21", amount=2_200)]))


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"supplier": "L9"}, UnknownParty, "supplier"),
        ({"lines": [bought(100, account="99999")]}, UnknownAccount, "account"),
        ({"lines": [bought(100, account=PAYABLES)]}, UnknownAccount, "account"),
        ({"lines": [bought(100, tax="X")]}, UnknownTaxCode, "tax"),
        ({"gross": 1}, WrongTotal, "gross"),
        ({"reference": " "}, DomainError, "reference"),
        ({"currency": "XXQ"}, DomainError, "currency"),
        ({"lines": []}, DomainError, "lines"),
        ({"lines": [bought(None)]}, DomainError, "amount"),
        ({"lines": [bought(2**63)]}, DomainError, "amount"),
        ({"date": date(1026, 3, 2)}, DomainError, "date"),
        ({"discount_percent": Decimal(100)}, DomainError, "discount_percent"),
        ({"credits": "PI-000009"}, DomainError, "credits"),
        ({"lines": [bought(1, dimensions={"project": "x"})]}, DomainError, "dimensions"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(
    books: Books, change: dict[str, Any], error: type[DomainError], field: str
) -> None:
    import msgspec

    supplier(books)
    with pytest.raises(error) as refused:
        enter(books, purchase("F-1"), msgspec.structs.replace(purchase("F-2"), **change))
    assert (refused.value.place.field, refused.value.place.line) == (field, 2)
    assert not PurchaseInvoice.objects.exists()


def test_the_same_invoice_twice_is_flagged_and_waits(books: Books) -> None:
    supplier(books)
    first, again, other = enter(
        books, purchase("2026-001"), purchase("2026 001", bought(1)), purchase("F-9")
    )
    assert (first.same_as, again.same_as, other.same_as) == ("", first.number, first.number)
    (later,) = enter(books, purchase("2026/001", on="2026-04-01"))
    assert (later.same_as, later.state) == (first.number, "received")
    with pytest.raises(NotReady):
        post(books, later.number)
    post(books, first.number)


def test_another_supplier_may_use_the_same_number(books: Books) -> None:
    supplier(books)
    supplier(books, "L2")
    entered = enter(books, purchase("F-1"), purchase("F-1", supplier="L2"))
    assert [each.same_as for each in entered] == ["", ""]


def test_an_invoice_of_a_closed_period_is_booked_on_the_next_open_day(books: Books) -> None:
    supplier(books)
    books.post(entry("2026-04-01", (SUSPENSE, 1), (PURCHASES, -1)))
    close_period(books.anne, period="2026-03", how="hard")
    (entered,) = enter(books, purchase("F-1"))
    with pytest.raises(ClosedPeriod):
        post_purchase_invoice(books.anne, invoice=entered.number, on=date(2026, 3, 31))
    post(books, entered.number)
    assert PurchaseInvoice.objects.get().booked_on == date(2026, 4, 1)
    assert list(receivables()) == []


def test_an_invoice_is_posted_once_and_its_entry_not_reversed(books: Books) -> None:
    supplier(books)
    (entered,) = enter(books, purchase("F-1"), post_them=True)
    with pytest.raises(NotReady):
        post(books, entered.number)
    entry_id = PurchaseInvoice.objects.get().entry_id
    assert entry_id is not None
    with pytest.raises(NotReversible):
        reverse_entry(books.anne, entry=entry_number(entry_id), why="mistake")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE finance_purchase_invoice SET reference = 'x'",
        "UPDATE finance_purchase_invoice SET state = 'received'",
        "DELETE FROM finance_purchase_invoice",
        "UPDATE finance_purchase_line SET net = 0",
        "DELETE FROM finance_purchase_line",
        "DELETE FROM finance_purchase_tax",
    ],
)
def test_the_database_keeps_a_posted_invoice_as_it_is(books: Books, sql: str) -> None:
    supplier(books)
    enter(books, purchase("F-1"), post_them=True)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_posts_no_invoice_that_does_not_add_up(books: Books) -> None:
    supplier(books)
    enter(books, purchase("F-1"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE finance_purchase_line SET net = 1")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE finance_purchase_invoice SET state = 'posted', booked_on = date")


def test_above_ones_limit_a_second_person_approves_posting(books: Books) -> None:
    supplier(books)
    (entered,) = enter(books, purchase("F-1"))
    bob = employ(books, "Bob", {"finance.post_purchase": 10_000})
    with pytest.raises(NeedsSecondPair) as waiting:
        post_purchase_invoice(bob, invoice=entered.number)
    assert state_of(entered.number) == "proposed"
    carl = employ(books, "Carl", {"finance.post_purchase": None})
    approve_request(carl, approval_id=waiting.value.approval_id)
    assert state_of(entered.number) == "posted"


def test_entering_and_posting_take_no_more_statements_for_more_invoices(books: Books) -> None:
    supplier(books)

    def statements(first: int, count: int) -> int:
        drafts = [purchase(f"F-{n}", bought(100 + n)) for n in range(first, first + count)]
        with CaptureQueriesContext(connection) as caught:
            enter_purchase_invoices(books.anne, invoices=drafts, post_them=True)
        return len(caught)

    statements(1000, 2)
    assert statements(2000, 40) <= statements(3000, 4) + 4
