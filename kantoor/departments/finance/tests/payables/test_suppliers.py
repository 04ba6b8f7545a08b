"""Suppliers: parties with terms, made and changed in bulk, held and released."""

from decimal import Decimal
from typing import Any

import pytest

from kantoor.departments.finance.actions.payables.suppliers import (
    alter_supplier,
    alter_suppliers,
    create_supplier,
    create_suppliers,
    hold_suppliers,
    release_suppliers,
)
from kantoor.departments.finance.drafts_purchases import SupplierChange, SupplierDraft
from kantoor.departments.finance.models import Supplier
from kantoor.departments.finance.tests.payables.buying import enter, purchase, supplier
from kantoor.departments.finance.tests.people import PURCHASES, Books, add_parties
from kantoor.kernel.errors import DomainError
from kantoor.kernel.parties.models import PartyRole


def test_suppliers_get_codes_of_our_own_series(books: Books) -> None:
    drafts = [SupplierDraft(name="Molen BV"), SupplierDraft(name="Bakkersgilde", code="BG")]
    assert create_suppliers(books.anne, suppliers=drafts) == ["S00001", "BG"]
    assert create_supplier(books.anne, supplier=SupplierDraft(name="Derde")) == "S00002"
    assert PartyRole.objects.filter(role="supplier").count() == 3


def test_a_customer_can_become_a_supplier(books: Books) -> None:
    add_parties(books, ["K1"])
    create_supplier(books.anne, supplier=SupplierDraft(name="Kees", code="K1"))
    assert Supplier.objects.get().party.name == "Party K1"


def test_changes_touch_what_they_say(books: Books) -> None:
    supplier(books)
    supplier(books, "L2")
    alter_suppliers(
        books.anne,
        changes=[
            SupplierChange(code="L1", payment_days=8, discount_percent=Decimal(2), discount_days=5),
            SupplierChange(code="L2", account="", tax="", country="Belgium"),
        ],
    )
    first, second = Supplier.objects.order_by("id")
    assert (first.payment_days, first.discount_percent, first.discount_days) == (8, 2, 5)
    assert first.account is not None
    assert first.account.code == PURCHASES
    assert (second.account, second.tax_code, second.party.country) == (None, None, "BE")
    alter_supplier(books.anne, change=SupplierChange(code="L1", name="Nieuw BV"))
    first.party.refresh_from_db()
    assert first.party.name == "Nieuw BV"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "L9"}, "supplier"),
        ({"name": " "}, "name"),
        ({"payment_days": -1}, "payment_days"),
        ({"discount_percent": Decimal(100)}, "discount_percent"),
        ({"account": "999"}, "account"),
        ({"tax": "X"}, "tax"),
        ({"country": "Utopia"}, "country"),
    ],
)
def test_a_wrong_change_is_refused_with_its_place(
    books: Books, change: dict[str, Any], field: str
) -> None:
    supplier(books)
    wrong = SupplierChange(**{"code": "L1", **change})
    with pytest.raises(DomainError) as refused:
        alter_suppliers(books.anne, changes=[SupplierChange(code="L1"), wrong])
    assert (refused.value.place.field, refused.value.place.line) == (field, 2)


@pytest.mark.parametrize("draft", [{"code": "L1"}, {"code": "x" * 41}, {"email": "x" * 255}])
def test_a_wrong_supplier_is_refused(books: Books, draft: dict[str, Any]) -> None:
    supplier(books)
    with pytest.raises(DomainError):
        create_suppliers(books.anne, suppliers=[SupplierDraft(**{"name": "X", **draft})])


def test_a_held_supplier_says_why_until_released(books: Books) -> None:
    supplier(books)
    hold_suppliers(books.anne, suppliers=["L1"], why="Dispute")
    assert Supplier.objects.get().hold == "Dispute"
    enter(books, purchase("F-1"), post_them=True)
    release_suppliers(books.anne, suppliers=["L1"])
    assert Supplier.objects.get().hold == ""
    with pytest.raises(DomainError):
        hold_suppliers(books.anne, suppliers=["L1"], why=" ")
