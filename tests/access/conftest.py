"""The office that all tests here look at: made once, and thrown away at the end."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.access.office import Office, furnish
from tests.undone import connection_kept, undone
from tests.unguarded import unguarded


@pytest.fixture(scope="package")
def office(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Office]:
    """Two companies, and people in every role of one."""
    with django_db_blocker.unblock(), connection_kept(), unguarded(), undone():
        yield furnish(tmp_path_factory.mktemp("office"))


@pytest.fixture
def _django_db_helper(office: Office, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What each test writes is undone; its transaction is one within that of the office."""
    with django_db_blocker.unblock(), undone():
        yield
