"""Fixtures of the record's tests."""

import pytest

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.record.tests.office import founded


@pytest.fixture
def anne(db: None) -> Actor:
    """Somebody who may do everything in a company."""
    return founded()
