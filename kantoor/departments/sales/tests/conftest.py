"""A web shop's company for the tests of sales."""

import pytest

from kantoor.departments.sales.tests.people import Shop, begin_shop


@pytest.fixture
def shop(db: None) -> Shop:
    """A British company with its chart of accounts, and Anne, who may do everything in it."""
    return begin_shop("Bright Gifts Ltd")


@pytest.fixture
def other_shop(db: None) -> Shop:
    """Another company in the same installation."""
    return begin_shop("Visser BV")
