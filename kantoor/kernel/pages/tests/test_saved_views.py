"""Saved views: of one person, in one company, under a name."""

import pytest
from django.test import Client

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kantoor.kernel.pages import saved_views as views
from kantoor.kernel.pages.saved_views import delete_view, save_view, saved_views
from kantoor.kernel.pages.tests.demo import ANNE

BRAM = Actor(user_id=2, name="Bram", company_id=1)
ELSEWHERE = Actor(user_id=1, name="Anne", company_id=2)


def test_a_view_of_the_same_name_is_replaced(site: Client) -> None:
    first = save_view(ANNE, register="demo.people", name=" My  view ", address="?a=1")
    assert save_view(ANNE, register="demo.people", name="My view", address="a=2") == first
    assert [(v.name, v.address) for v in saved_views(ANNE)] == [("My view", "a=2")]


def test_views_are_one_s_own_in_this_company(site: Client) -> None:
    key = save_view(ANNE, register="demo.people", name="Mine", address="")
    assert saved_views(BRAM) == []
    assert saved_views(ELSEWHERE) == []
    assert saved_views(ANNE, register="demo.other") == []
    for stranger in (BRAM, ELSEWHERE):
        with pytest.raises(NotFound):
            delete_view(stranger, view_id=key)
    delete_view(ANNE, view_id=key)
    assert saved_views(ANNE) == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_view_has_a_name_of_a_decent_length(site: Client, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_view(ANNE, register="demo.people", name=name, address="")
    assert refused.value.place.field == "name"


def test_only_so_many_are_kept(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST", 2)
    for number in range(2):
        save_view(ANNE, register="demo.people", name=str(number), address="")
    with pytest.raises(Conflict):
        save_view(ANNE, register="demo.people", name="one more", address="")
    save_view(ANNE, register="demo.other", name="one more", address="")


def test_the_installation_keeps_no_views(site: Client) -> None:
    nobody = Actor(user_id=None, name="Kantoor", company_id=1)
    with pytest.raises(NotAllowed):
        save_view(nobody, register="demo.people", name="x", address="")
