"""Founding: a company with books and people, or nothing at all."""

import pytest

from kantoor.departments.finance.queries.accounts import accounts
from kantoor.kernel.actors.actor import actor_for, installation_actor
from kantoor.kernel.actors.models import Company, Role, User
from kantoor.kernel.actors.passwords import is_right
from kantoor.kernel.actors.standard import ROLES
from kantoor.kernel.errors import Conflict, DomainError, NotAllowed
from kantoor.shell.founding import found_company
from tests.founded import found

pytestmark = pytest.mark.django_db


def test_the_first_company_comes_with_books_roles_and_an_administrator() -> None:
    founded = found_company(installation_actor(), name="Bakker BV", country="NL", currency="EUR")
    administrator = User.objects.get(sign_in=founded.user)
    assert is_right(administrator, founded.password)
    assert not administrator.password_is_temporary
    actor = actor_for(administrator, Company.objects.get())
    assert len(accounts(actor)) > 100
    assert Role.objects.count() == len(ROLES)
    assert User.objects.get(kind="system").password == ""


def test_a_further_company_has_the_administrator_of_the_first() -> None:
    house = found()
    further = found_company(house.administrator, name="Slager", country="BE", currency="EUR")
    assert (further.user, further.password) == ("admin", "")
    other = Company.objects.get(name="Slager")
    assert accounts(actor_for(User.objects.get(sign_in="admin"), other))


def test_what_can_not_be_founded_leaves_nothing_behind() -> None:
    with pytest.raises(DomainError):
        found_company(
            installation_actor(), name="Bakker", country="NL", currency="EUR", chart="none such"
        )
    assert not Company.objects.exists()
    assert not User.objects.exists()
    house = found()
    with pytest.raises(Conflict):
        found_company(house.administrator, name="Bakker BV", country="NL", currency="EUR")
    with pytest.raises(NotAllowed):
        found_company(house.person("mia", "administrator"), name="X", country="NL", currency="EUR")
