"""A company that pays."""

import pytest

from kantoor.departments.finance.tests.paying.treasury import Treasury
from kantoor.departments.finance.tests.people import Books


@pytest.fixture
def treasury(books: Books) -> Treasury:
    """A Dutch company with a bank account, and three people who pay from it."""
    return Treasury(books)
