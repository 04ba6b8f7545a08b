"""The public pages of departments that do not know each other: they link, and show what is urgent."""

import pytest
from django.test import Client

from kantoor.departments.communication.actions.items.publishing import withdraw_item
from kantoor.departments.communication.actions.pages.press import close_press_page, set_press_page
from kantoor.departments.communication.tests.pages.newsroom import Newsroom, begin_newsroom
from kantoor.departments.ict.actions.cases.desk import add_service
from kantoor.departments.ict.actions.servers.publishing import (
    close_status_address,
    open_status_address,
)


@pytest.fixture
def room(db: None) -> Newsroom:
    return begin_newsroom()


def test_a_public_crisis_stands_on_the_status_page_too_and_both_link(room: Newsroom) -> None:
    admin = room.house.administrator
    add_service(admin, code="shop", name="Web shop")
    status = open_status_address(admin)
    code = room.published("Shop is down", "We work on it.", kind="crisis", on_press_page=True)
    page = Client().get(status).content.decode()
    assert "Shop is down" in page and f"{room.press}/{code}" in page
    assert status in Client().get(room.press).content.decode()
    withdraw_item(room.dirk, item=code, why="Over")
    assert "Shop is down" not in Client().get(status).content.decode()
    close_press_page(room.nora)
    assert room.press not in Client().get(status).content.decode()
    set_press_page(room.nora)
    close_status_address(admin)
    assert status not in Client().get(room.press).content.decode()
