"""For tests of several connections at once: what they write is committed, and thrown away after."""

from collections.abc import Iterator

import pytest

from tests.unguarded import take_guards_away


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database in which commits are real. The guards that refuse to empty a sealed table go
    before it is emptied, and come back with what follows every migration.
    """
    yield
    take_guards_away()
