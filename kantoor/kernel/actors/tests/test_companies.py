"""Companies: put in the installation with details that can be, and changed by who may."""

import pytest

from kantoor.kernel.actors.actor import installation_actor
from kantoor.kernel.actors.companies import change_company, create_company
from kantoor.kernel.actors.models import Company, Role
from kantoor.kernel.actors.roles import Permitted, set_role_permissions
from kantoor.kernel.actors.standard import ROLES, add_standard_roles
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed
from tests.founded import found

pytestmark = pytest.mark.django_db


def test_a_company_begins_in_the_language_and_zone_of_its_country() -> None:
    key = create_company(installation_actor(), name="  Bakker   BV ", country="nl", currency="eur")
    made = Company.objects.get(pk=key)
    assert (made.name, made.country, made.currency) == ("Bakker BV", "NL", "EUR")
    assert (made.language, made.zone) == ("nl", "Europe/Amsterdam")
    with pytest.raises(Conflict):
        create_company(installation_actor(), name="Bakker BV", country="NL", currency="EUR")


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("country", "N"), ("country", "12"), ("country", "XQ"), ("currency", "EU"),
     ("currency", "ABC"), ("zone", "Mars/Olympus")],
)  # fmt: skip
def test_details_that_can_not_be_are_refused(field: str, value: str) -> None:
    details = {"name": "Bakker BV", "country": "NL", "currency": "EUR", field: value}
    with pytest.raises(InvalidInput) as refused:
        create_company(installation_actor(), **details)
    assert refused.value.place.field == field


def test_only_who_manages_the_installation_creates_companies() -> None:
    house = found()
    manager = house.person("mia", "administrator")
    with pytest.raises(NotAllowed):
        create_company(manager, name="Slager", country="NL", currency="EUR")


def test_the_details_of_ones_own_company_are_changed() -> None:
    house = found()
    found("Slager BV")
    manager = house.person("mia", "administrator")
    change_company(manager, name="Bakker NV", language="en", vat_number="NL001041149B01")
    changed = Company.objects.get(pk=house.company.pk)
    assert (changed.name, changed.language) == ("Bakker NV", "en")
    assert changed.vat_number == "NL001041149B01"
    with pytest.raises(Conflict):
        change_company(manager, name="Slager BV")
    for wrong in ({"name": " "}, {"zone": "x"}, {"language": "xx"}):
        with pytest.raises(InvalidInput):
            change_company(manager, **wrong)


def test_standard_roles_are_added_where_they_are_missing_and_else_left_alone() -> None:
    house = found()
    set_role_permissions(
        house.administrator, role="employee", permissions=[Permitted("sales.read_orders")]
    )
    add_standard_roles(house.administrator)
    assert Role.objects.count() == len(ROLES)
    kept = Role.objects.get(code="employee").permissions.values_list("permission", flat=True)
    assert list(kept) == ["sales.read_orders"]
