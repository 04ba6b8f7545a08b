"""Sign-in: right or wrong, how often, and what the record says of it."""

from datetime import timedelta

import pytest

from kantoor.kernel.actors import attempts
from kantoor.kernel.actors.attempts import LIMITS, Attempts, purge_attempts
from kantoor.kernel.actors.signing_in import SignInRefused, TooManyAttempts, sign_in, sign_out
from kantoor.kernel.actors.users import deactivate_user
from kantoor.kernel.record.models import Record
from tests.founded import PASSWORD, found

pytestmark = pytest.mark.django_db
HERE = "192.0.2.7"


def test_the_right_password_signs_in_and_the_record_says_so() -> None:
    house = found()
    anne = house.person("anne", "employee")
    person = sign_in(user=" ANNE ", password=PASSWORD, address=HERE)
    assert person.pk == anne.user_id
    sign_out(anne)
    said = Record.objects.order_by("-seq").values_list("action", "outcome", "actor_id")[:2]
    assert list(said) == [
        ("kernel.sign_out", "done", anne.user_id),
        ("kernel.judge_sign_in", "done", anne.user_id),
    ]


@pytest.mark.parametrize("user", ["anne", "nobody", "system", "shop", "closed", ""])
def test_whatever_is_wrong_the_answer_is_the_same(user: str) -> None:
    house = found()
    house.person("anne", "employee")
    house.machine("shop", "employee")
    house.person("closed", "employee")
    deactivate_user(house.administrator, user="closed")
    password = "wrong" if user == "anne" else PASSWORD
    with pytest.raises(SignInRefused) as refused:
        sign_in(user=user, password=password, address=HERE)
    assert str(refused.value) == "This name and password do not belong together; try again."
    last = Record.objects.latest("seq")
    assert (last.outcome, last.code) == ("refused", "sign_in.refused")


def test_guessing_ends_soon_for_one_address_and_not_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LIMITS, "pair", 3)
    house = found()
    house.person("anne", "employee")
    for _ in range(3):
        with pytest.raises(SignInRefused):
            sign_in(user="anne", password="wrong", address=HERE)
    with pytest.raises(TooManyAttempts):
        sign_in(user="anne", password=PASSWORD, address=HERE)
    assert sign_in(user="anne", password=PASSWORD, address="198.51.100.9").sign_in == "anne"


def test_one_address_does_not_use_up_what_is_there_for_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LIMITS, "address", 2)
    monkeypatch.setitem(LIMITS, "all", 4)
    found().person("anne", "employee")
    for number in range(6):
        with pytest.raises((SignInRefused, TooManyAttempts)):
            sign_in(user=f"user{number}", password="x", address=HERE)
    assert sign_in(user="anne", password=PASSWORD, address="198.51.100.9").sign_in == "anne"


def test_attempts_are_forgotten_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "pair", 1)
    house = found()
    house.person("anne", "employee")
    with pytest.raises(SignInRefused):
        sign_in(user="anne", password="wrong", address=HERE)
    with pytest.raises(TooManyAttempts):
        sign_in(user="anne", password=PASSWORD, address=HERE)
    monkeypatch.setattr(attempts, "WINDOW", timedelta(seconds=-1))
    assert sign_in(user="anne", password=PASSWORD, address=HERE).sign_in == "anne"
    assert purge_attempts() > 0
    assert not Attempts.objects.exists()


def test_a_whole_ipv6_network_is_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "address", 4)
    found()
    for number in range(4):
        with pytest.raises(SignInRefused):
            sign_in(user=f"user{number}", password="x", address=f"2001:db8::{number + 1:x}")
    with pytest.raises(TooManyAttempts):
        sign_in(user="another", password="x", address="2001:db8::ffff")
