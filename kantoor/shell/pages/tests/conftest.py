"""A company with its people, and browsers with each of them signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.founded import PASSWORD, House, found

SignedIn = Callable[..., Client]


@pytest.fixture
def house(db: None) -> House:
    return found()


@pytest.fixture
def signed_in(house: House) -> SignedIn:
    """A browser of a person, made with these roles when there is none of that name."""

    def sign_in(name: str, *roles: str, language: str = "en") -> Client:
        if name not in house.people:
            house.person(name, *roles)
        client = Client()
        answer = client.post("/sign-in", {"user": name, "password": PASSWORD, "next": "/"})
        assert answer.status_code == 302, answer.content
        client.cookies["language"] = language
        return client

    return sign_in
