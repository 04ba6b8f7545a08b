"""A press release under embargo does not exist for who may not see it, wherever they ask."""

import pytest
from django.test import Client

from kantoor.departments.communication.actions.items.agreeing import return_item
from kantoor.departments.communication.actions.items.writing import write_text
from kantoor.departments.communication.drafts_items import TextDraft
from kantoor.departments.communication.errors import UnknownItem
from kantoor.departments.communication.queries.items.planned import content_month
from kantoor.departments.communication.queries.items.record import item, item_versions
from kantoor.departments.communication.queries.items.register import items
from kantoor.departments.communication.queries.items.visible import visible_items
from kantoor.departments.communication.queries.items.waiting import to_agree_to
from kantoor.departments.communication.tests.items.newsroom import Newsroom
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.standard import ROLES
from kantoor.kernel.inboxes import inbox
from tests.founded import PASSWORD

SECRET = "zaanmolen"
MAY_SEE = ("director", "communication_officer")
OTHERS = [role.code for role in ROLES if role.code not in MAY_SEE]


def _signed_in(name: str) -> Client:
    client = Client()
    client.post("/sign-in", {"user": name, "password": PASSWORD})
    return client


def _told(client: Client, page: str) -> bytes:
    answer = client.get(page)
    assert answer.status_code < 500, page
    return answer.getvalue().lower()


def _pages(code: str, row: int, month: str) -> list[str]:
    """Every address at which the desk tells something of an item."""
    return [
        "/", "/today/inbox", "/communication", "/communication/items",
        "/communication/items?state=approved", "/communication/items?format=csv",
        f"/communication/items?q={SECRET}", f"/communication/items/{code}",
        f"/communication/items/{code}/versions", f"/communication/items/{code}/versions?left=1&right=1",
        f"/communication/content-calendar?month={month}",
        f"/communication/news/{code}", f"/communication/news?q={SECRET}",
        f"/communication/do/write-text?text.item={code}",
        f"/communication/do/place-item?places.item={code}",
        f"/communication/do/schedule-item?item={code}",
        f"/search?q={SECRET}", f"/search?q={SECRET}&format=palette",
        f"/suggestions?q={SECRET}", f"/management/record?about=communication.item/{row}",
        f"/api/v1/communication/items?search={SECRET}", f"/api/v1/communication/item?code={code}",
        f"/api/v1/communication/item-versions?code={code}", f"/api/v1/communication/news-item?code={code}",
    ]  # fmt: skip


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_tells_a_role_without_the_right(newsroom: Newsroom, role: str) -> None:
    code = newsroom.planned("Wij kopen de Zaanmolen")
    newsroom.house.person("anyone", role)
    row = newsroom.item(code)
    assert row.publish_at is not None
    client = _signed_in("anyone")
    for page in _pages(code, row.pk, f"{row.publish_at:%Y-%m}"):
        # What was asked may be repeated: the title itself may not be told.
        assert b"kopen de" not in _told(client, page), page


def test_who_has_the_right_sees_it_everywhere(newsroom: Newsroom) -> None:
    code = newsroom.planned("Wij kopen de Zaanmolen")
    row = newsroom.item(code)
    assert row.publish_at is not None
    client = _signed_in("dirk")
    shown = [
        page
        for page in _pages(code, row.pk, f"{row.publish_at:%Y-%m}")
        if b"kopen de" in _told(client, page)
    ]
    assert f"/communication/items/{code}" in shown and f"/search?q={SECRET}" in shown
    assert f"/communication/content-calendar?month={row.publish_at:%Y-%m}" in shown
    # Not on the intranet, for them neither: it is not out.
    assert f"/communication/news/{code}" not in shown


def test_queries_and_actions_do_not_know_it_either(newsroom: Newsroom) -> None:
    code = newsroom.planned("Wij kopen de Zaanmolen")
    for stranger in (newsroom.hans, newsroom.house.person("audrey", "auditor")):
        assert not visible_items(stranger).exists() and not items(stranger, search=SECRET).rows
        for ask in (item, item_versions):
            with pytest.raises(UnknownItem):
                ask(stranger, code=code)
    with pytest.raises(UnknownItem):
        write_text(newsroom.hans, text=TextDraft(item=code, title="x", body="y"))
    with pytest.raises(UnknownItem):
        return_item(newsroom.hans, item=code, note="x")


def test_owner_and_authors_see_their_own_without_the_right(newsroom: Newsroom) -> None:
    def strip(actor: Actor) -> Actor:
        import dataclasses

        return dataclasses.replace(
            actor, permissions=frozenset({"communication.read_items", "communication.write_items"})
        )

    code = newsroom.written("Wij kopen de Zaanmolen", kind="press")
    lot, mo = strip(newsroom.lot), strip(newsroom.mo)
    assert item(lot, code=code).item.code == code and not visible_items(mo).exists()
    write_text(newsroom.mo, text=TextDraft(item=code, title="Molen", body="Binnenkort"))
    assert item(mo, code=code).item.code == code


def test_the_inbox_and_calendar_show_it_to_who_agrees(newsroom: Newsroom) -> None:
    from kantoor.departments.communication.actions.items.agreeing import ask_item_approval

    code = newsroom.written("Wij kopen de Zaanmolen", kind="press")
    ask_item_approval(newsroom.lot, item=code)
    assert [row.title for row in inbox(newsroom.dirk).rows] == ["Wij kopen de Zaanmolen"]
    assert not inbox(newsroom.hans).rows and not to_agree_to(newsroom.lot).exists()
    return_item(newsroom.dirk, item=code, note="Not yet")
    assert [row.kind for row in inbox(newsroom.lot).rows] == ["communication.given_back"]
    assert not content_month(newsroom.hans, year=2026, month=1).more
