"""Tokens: made for oneself or a machine, never to act as somebody else."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.kernel.actors.models import Token
from kantoor.kernel.actors.registers import tokens
from kantoor.kernel.actors.tokens import create_token, revoke_token
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.founded import found

pytestmark = pytest.mark.django_db


def test_a_token_is_shown_once_and_kept_as_a_digest() -> None:
    house = found()
    anne = house.person("anne", "bookkeeper")
    made = create_token(anne, name="reports", scopes=["finance.read_*"])
    assert made.token.startswith("kb.")
    kept = Token.objects.get()
    assert kept.hash == hashlib.sha256(made.token.encode()).hexdigest()
    assert kept.scopes == "finance.read_*"
    assert [row.name for row in tokens(anne).rows] == ["reports"]
    with pytest.raises(Conflict):
        create_token(anne, name="reports")
    revoke_token(anne, name="reports")
    assert Token.objects.get().revoked_at is not None
    with pytest.raises(NotFound):
        revoke_token(anne, name="reports")
    create_token(anne, name="reports")


def test_nobody_makes_a_token_to_act_as_another_person() -> None:
    house = found()
    anne = house.person("anne", "bookkeeper")
    house.person("bert", "controller")
    with pytest.raises(NotAllowed):
        create_token(anne, name="mine", user="bert")
    with pytest.raises(NotAllowed):
        create_token(house.administrator, name="his", user="bert")


def test_a_token_for_a_machine_can_do_no_more_than_its_maker() -> None:
    house = found()
    house.machine("shop", "bookkeeper")
    manager = house.person("mia", "administrator")
    with pytest.raises(NotAllowed):
        create_token(manager, name="shop", user="shop")
    assert create_token(house.administrator, name="shop", user="shop").token
    bookkeeper = house.person("anne", "bookkeeper")
    with pytest.raises(NotAllowed):
        revoke_token(bookkeeper, name="shop", user="shop")
    revoke_token(manager, name="shop", user="shop")


def test_the_end_of_a_token_lies_ahead() -> None:
    house = found()
    past = timezone.now() - timedelta(days=1)
    with pytest.raises(InvalidInput):
        create_token(house.administrator, name="late", expires_at=past)
    naive = timezone.now().replace(tzinfo=None) + timedelta(days=1)
    with pytest.raises(InvalidInput):
        create_token(house.administrator, name="nowhere", expires_at=naive)


def test_one_sees_ones_own_tokens_only() -> None:
    house = found()
    anne, bert = house.person("anne", "bookkeeper"), house.person("bert", "bookkeeper")
    create_token(anne, name="of anne")
    create_token(bert, name="of bert")
    assert [row.name for row in tokens(anne).rows] == ["of anne"]
    assert tokens(house.person("mia", "administrator")).count == 2
