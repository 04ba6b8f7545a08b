"""A company that speaks with the press."""

import pytest

from kantoor.departments.communication.tests.press import Press, begin_press


@pytest.fixture
def press(db: None) -> Press:
    """A Dutch company with two people of communication."""
    return begin_press()
