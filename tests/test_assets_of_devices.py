"""What becomes of a fixed asset in the books when ICT disposes of the device it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from kantoor.departments.finance.public import asset_worth
from kantoor.departments.finance.tests.assets.garage import van, vans
from kantoor.departments.finance.tests.people import begin_books
from kantoor.departments.ict.actions.devices.life import dispose_of_devices
from kantoor.departments.ict.actions.devices.registering import register_device
from kantoor.departments.ict.drafts_devices import DeviceDraft
from kantoor.kernel.actors.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne() -> Actor:
    """Who may do everything, in a company with an asset that was bought today."""
    return begin_books("Bakker BV").anne


def _asset(anne: Actor) -> str:
    from kantoor.departments.finance.tests.people import Books

    books = Books(anne, anne.company_id)
    vans(books)
    return van(books, on=str(timezone.localdate() - timedelta(days=1)))


def _device(anne: Actor, asset: str, serial: str) -> str:
    draft = DeviceDraft(kind="computer", maker="HP", model="Z2", serial=serial, asset=asset)
    return register_device(anne, device=draft)


def _cost(anne: Actor, asset: str) -> int:
    return asset_worth(anne, numbers=[asset])[asset].cost


def test_an_asset_is_scrapped_with_the_last_of_its_devices(anne: Actor) -> None:
    asset = _asset(anne)
    one, other = _device(anne, asset, "A"), _device(anne, asset, "B")
    dispose_of_devices(anne, devices=[one], why="Broken")
    assert _cost(anne, asset) == 2_400_000
    dispose_of_devices(anne, devices=[other], why="Broken")
    assert _cost(anne, asset) == 0


def test_who_may_not_dispose_of_assets_leaves_that_to_finance(anne: Actor) -> None:
    asset = _asset(anne)
    iris = replace(anne, permissions=frozenset({"ict.*"}))
    dispose_of_devices(iris, devices=[_device(anne, asset, "A")], why="Broken")
    assert _cost(anne, asset) == 2_400_000


def test_an_asset_that_the_books_do_not_have_stops_nothing(anne: Actor) -> None:
    assert dispose_of_devices(anne, devices=[_device(anne, "A99999", "A")], why="Broken") == 1
