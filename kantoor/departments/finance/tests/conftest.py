"""The people of finance's tests, and a company with its books."""

import pytest

from kantoor.departments.finance.tests.people import Books, begin_books


@pytest.fixture
def books(db: None) -> Books:
    """A Dutch company with its chart of accounts, and Anne, who may do everything in it."""
    return begin_books("Bakker BV")


@pytest.fixture
def other_books(db: None) -> Books:
    """Another company in the same installation."""
    return begin_books("Visser BV")
