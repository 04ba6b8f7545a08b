"""Screens in the hall: what they show, at an address that can be taken away."""

import pytest
from django.test import Client

from kantoor.departments.communication.actions.items.publishing import withdraw_item
from kantoor.departments.communication.actions.pages.screens import (
    add_screen,
    change_screen,
    close_screen,
    close_screens,
    renew_screen,
    renew_screens,
)
from kantoor.departments.communication.errors import KnownAlready, UnknownScreen
from kantoor.departments.communication.queries.pages.screens import screens
from kantoor.departments.communication.tests.pages.newsroom import Newsroom, signed_in
from kantoor.kernel.errors import InvalidInput, NotAllowed


def shown(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    return str(answer.content.decode())


def test_a_screen_shows_what_is_published_for_screens_in_its_language(room: Newsroom) -> None:
    path = add_screen(room.nora, name="The hall", language="nl", seconds=20)
    room.published("Not here")
    room.published("The new oven", dutch="De nieuwe oven", on_screens=True)
    page = shown(path)
    assert "De nieuwe oven" in page and "Not here" not in page
    assert 'data-seconds="20"' in page and 'lang="nl"' in page
    change_screen(room.nora, screen="the-hall", language="en", seconds=30)
    assert "The new oven" in shown(path) and 'data-seconds="30"' in shown(path)


def test_what_was_withdrawn_vanishes_without_a_word(room: Newsroom) -> None:
    path = add_screen(room.nora, name="The hall", language="en")
    code = room.published("The new oven", on_screens=True)
    withdraw_item(room.dirk, item=code, why="It is old")
    assert "oven" not in shown(path) and "It is old" not in shown(path)


def test_a_crisis_notice_takes_the_screen_for_itself(room: Newsroom) -> None:
    path = add_screen(room.nora, name="The hall", language="en")
    room.published("The new oven", on_screens=True)
    code = room.published("Fire drill now", kind="crisis", on_screens=True)
    assert "Fire drill now" in shown(path) and "The new oven" not in shown(path)
    withdraw_item(room.dirk, item=code, why="Over")
    assert "The new oven" in shown(path)


def test_an_address_that_was_renewed_or_closed_or_is_another_company_s_shows_nothing(
    room: Newsroom,
) -> None:
    first = add_screen(room.nora, name="The hall")
    second = renew_screen(room.nora, screen="the-hall")
    assert first != second and Client().get(first).status_code == 404
    shown(second)
    token = second.rpartition("/")[2]
    for wrong in (
        f"/communication/screen/{room.company + 1}/{token}",
        f"/communication/screen/{2**40}/{token}",
        f"/communication/screen/{room.company}/{token[:-1]}2",
        f"/communication/screen/{room.company}/c1.1.aaaaaaaaaaaaaaaa",
    ):
        assert Client().get(wrong).status_code == 404
    close_screen(room.nora, screen="the-hall")
    assert Client().get(second).status_code == 404
    assert screens(room.nora)[0].path == ""
    [third] = renew_screens(room.nora, screens=["the-hall"])
    shown(third)
    assert close_screens(room.nora, screens=["the-hall"]) == 1


def test_screens_are_set_up_by_who_may_and_told_apart_by_their_names(room: Newsroom) -> None:
    add_screen(room.nora, name="The hall")
    with pytest.raises(KnownAlready):
        add_screen(room.nora, name="The hall")
    with pytest.raises(UnknownScreen):
        change_screen(room.nora, screen="cellar", name="Cellar")
    for wrong in ({"seconds": 1}, {"seconds": 601}, {"name": " "}):
        with pytest.raises(InvalidInput):
            change_screen(room.nora, screen="the-hall", **wrong)
    with pytest.raises(InvalidInput):
        add_screen(room.nora, name="…")
    with pytest.raises(NotAllowed):
        add_screen(room.eva, name="Mine")
    page = signed_in("nora").get("/communication/screens").content.decode()
    assert "The hall" in page and screens(room.nora)[0].path in page
    assert signed_in("eva").get("/communication/screens").status_code == 403
