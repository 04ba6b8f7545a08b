"""Browsers of the people of the office."""

from collections.abc import Callable

import pytest
from django.test import Client

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.shell.signing_in import session

Browser = Callable[[Actor], Client]


@pytest.fixture
def browser() -> Browser:
    """A browser in which somebody is signed in, in English."""

    def signed_in(actor: Actor) -> Client:
        client = Client()
        person = User.objects.get(pk=actor.user_id or 0)
        store = client.session
        store[session.USER], store[session.SALT] = person.pk, person.session_salt
        store.save()
        client.post("/language", {"language": "en"})
        return client

    return signed_in
