"""Customers by what they owe, for audiences."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kantoor.departments.finance.tests.billing import customer, invoice, pay
from kantoor.departments.finance.tests.people import Books
from kantoor.kernel.audiences import kind_named


def codes(books: Books, kind: str, *values: str) -> list[str]:
    found = kind_named(kind).find(books.anne.company_id, list(values))
    return sorted(found.values_list("code", flat=True))


def test_who_owes_and_who_is_late_is_found(
    books: Books, other_books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert codes(books, "finance.owing", "owes") == []
    for code in ("1001", "1002", "1003", "1004"):
        customer(books, code)
    customer(other_books, "1001")
    invoice(other_books, "1001", "100")
    invoice(books, "1001", "100", on="2011-01-01", due_days=30)
    paid = invoice(books, "1002", "100", on="2011-01-01", due_days=30).number
    pay(books, 11900, invoice=paid)
    assert codes(books, "finance.owing", "owes") == ["1001"]
    assert codes(books, "finance.owing", "late") == ["1001"]
    assert codes(books, "finance.owing", "late_30") == ["1001"]
    assert codes(books, "finance.owing", "odd") == []
    for day, late in ((31, []), (32, ["late"]), (61, ["late"]), (62, ["late", "late_30"])):
        moment = datetime(2011, 1, 1, 12, tzinfo=UTC) + timedelta(days=day - 1)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert [each for each in ("late", "late_30") if codes(books, "finance.owing", each)] == late
