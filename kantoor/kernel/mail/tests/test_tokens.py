"""Tokens in addresses: ours are known again, others are not, whatever a mail program does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.kernel.mail.tokens import Thread, reply_address, thread_of

pytestmark = pytest.mark.django_db  # the keys are made where nothing was recorded
NUMBERS = st.integers(0, 2**63 - 1)


@settings(max_examples=50, deadline=None)
@given(NUMBERS, NUMBERS)
def test_a_token_is_known_again_in_capitals_too(thing: int, person: int) -> None:
    thread = Thread("c", thing, person)
    address = reply_address("desk+old@kantoor.example", 1, thread)
    assert address.startswith("desk+")
    assert len(address.partition("@")[0]) <= 64
    assert thread_of(address, 1) == thread
    assert thread_of(address.upper(), 1) == thread
    assert thread_of(address, 2) is None


def test_a_token_that_was_tampered_with_is_nobodys() -> None:
    address = reply_address("desk@kantoor.example", 1, Thread("c", 35, 7))
    assert thread_of(address.replace("+cz.", "+cy."), 1) is None
    assert thread_of(address.replace(".7.", ".8."), 1) is None
    assert thread_of("desk@kantoor.example", 1) is None
    assert thread_of("", 1) is None
