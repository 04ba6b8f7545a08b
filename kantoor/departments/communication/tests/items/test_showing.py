"""Items as they are found, read, compared and planned, and what is said of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kantoor.departments.communication.actions.items.agreeing import (
    ask_item_approval,
)
from kantoor.departments.communication.actions.items.placing import schedule_item
from kantoor.departments.communication.actions.items.publishing import correct_item, publish_item
from kantoor.departments.communication.actions.items.remarking import (
    remark_on_text,
    settle_remark,
    settle_remarks,
)
from kantoor.departments.communication.actions.items.templates import (
    add_item_template,
    begin_item,
    change_item_template,
    restore_item_template,
    retire_item_template,
)
from kantoor.departments.communication.actions.items.writing import write_items, write_text
from kantoor.departments.communication.drafts_items import ItemDraft, TemplateDraft, TextDraft
from kantoor.departments.communication.errors import KnownAlready, UnknownItem
from kantoor.departments.communication.queries.items.figures import item_figures
from kantoor.departments.communication.queries.items.planned import content_month
from kantoor.departments.communication.queries.items.record import item, item_versions
from kantoor.departments.communication.queries.items.register import items
from kantoor.departments.communication.queries.items.templates import (
    item_template,
    item_templates,
)
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.departments.communication.tests.items.newsroom import Newsroom
from kantoor.kernel.errors import InvalidInput, NotAllowed
from tests.founded import PASSWORD


def test_the_register_finds_by_words_kind_state_and_owner(newsroom: Newsroom) -> None:
    news = newsroom.published("The canteen opens")
    newsroom.written("Party", kind="event", event_from=timezone.now())
    newsroom.written("House rules", kind="policy", body="Lock the *safe* door.")

    def find(**asked: Any) -> list[str]:
        return [row.code for row in items(newsroom.hans, **asked).rows]

    assert find(search="SAFE lock") == ["house-rules"]
    assert find(kind="event") == ["party"] and find(state="published") == [news]
    assert find(whose="mine") == [] and len(find()) == 3
    mine = items(newsroom.lot, whose="mine", sort="title").rows
    assert [row.code for row in mine] == ["house-rules", "party", news]
    with pytest.raises(NotAllowed):
        items(newsroom.eva)
    with pytest.raises(InvalidInput):
        items(newsroom.hans, sort="body")


def test_the_statements_of_the_register_do_not_grow(newsroom: Newsroom) -> None:
    write_items(newsroom.lot, items=[ItemDraft(title="News", body="x")])
    with CaptureQueriesContext(connection) as few:
        items(newsroom.hans)
    write_items(newsroom.mo, items=[ItemDraft(title=f"News {n}", body="x") for n in range(30)])
    with CaptureQueriesContext(connection) as many:
        assert len(items(newsroom.hans).rows) == 31
    assert len(many) == len(few)


def test_a_record_tells_who_wrote_agreed_and_published(newsroom: Newsroom) -> None:
    code = newsroom.published()
    write_text(newsroom.mo, text=TextDraft(item=code, title="The canteen opens", body="At one."))
    ask_item_approval(newsroom.mo, item=code)
    shown = item(newsroom.lot, code=code)
    assert (shown.item.state, shown.item.awaits, shown.may_approve) == ("published", True, True)
    assert not item(newsroom.mo, code=code).may_approve
    assert [(each.number, each.who, each.published) for each in shown.versions] == [
        (2, "Mo", False), (1, "Lot", True),
    ]  # fmt: skip
    assert not shown.texts[0].published and shown.approved_version == 1
    agree(newsroom.lot, code)
    correct_item(newsroom.lot, item=code, note="The hour")
    shown = item(newsroom.lot, code=code)
    assert [(each.number, each.note) for each in shown.published] == [(2, "The hour"), (1, "")]
    assert [(each.version, each.who) for each in shown.decisions] == [(2, "Lot"), (1, "Mo")]


def test_texts_stand_side_by_side_with_what_changed(newsroom: Newsroom) -> None:
    code = newsroom.written(body="Come at noon.\n\nBring a friend.\nOr two.")
    write_text(
        newsroom.mo, text=TextDraft(item=code, language="nl", title="Kom", body="Om twaalf.")
    )
    later = TextDraft(item=code, title="The canteen opens", body="Come at one.\n\nBring a friend.")
    write_text(newsroom.mo, text=later)
    shown = item_versions(newsroom.lot, code=code)
    assert (shown.left.number, shown.right.number) == (1, 3)
    changed = [pair for pair in shown.bodies if not pair.equal]
    assert [piece.text for piece in changed[0].left or () if piece.changed] == ["noon"]
    assert [piece.text for piece in changed[0].right or () if piece.changed] == ["one"]
    assert changed[1].right is None and len(shown.bodies) == 4
    across = item_versions(newsroom.lot, code=code, left=2, right=3)
    assert (across.left.language, across.right.language) == ("nl", "en")
    with pytest.raises(UnknownItem):
        item_versions(newsroom.lot, code=code, left=9)


def test_the_calendar_has_what_comes_came_and_takes_place(newsroom: Newsroom) -> None:
    now = timezone.now()
    out = newsroom.published("Out")
    party = newsroom.written("Party", kind="event", event_from=now)
    at = now + timedelta(minutes=5)
    schedule_item(newsroom.lot, item=party, publish_at=at)
    local = now.astimezone(timezone.get_default_timezone())
    shown = content_month(newsroom.hans, year=local.year, month=local.month)
    said = {(each.code, each.what) for day in shown.days for each in day.planned}
    assert {(out, "came"), (party, "comes"), (party, "event")} <= said
    assert len(shown.days) % 7 == 0 and shown.days[0].day.weekday() == 0
    only = content_month(newsroom.hans, year=local.year, month=local.month, kind="event")
    assert {each.code for day in only.days for each in day.planned} == {party}
    with pytest.raises(InvalidInput):
        content_month(newsroom.hans, year=2026, month=13)


def test_a_day_of_the_calendar_is_that_of_the_reader(newsroom: Newsroom) -> None:
    begins = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # half past midnight in Amsterdam
    newsroom.written("Night", kind="event", event_from=begins)
    shown = content_month(newsroom.lot, year=2026, month=11)
    assert [day.day.isoformat() for day in shown.days if day.planned] == ["2026-11-01"]


def test_remarks_are_about_words_of_a_text_until_settled(newsroom: Newsroom) -> None:
    code = newsroom.written(body="Come at\nnoon to the hall.")
    first = remark_on_text(newsroom.hans, item=code, passage="at noon", said="Is that sure?")
    second = remark_on_text(newsroom.mo, item=code, said="Nice", number=1)
    with pytest.raises(InvalidInput):
        remark_on_text(newsroom.hans, item=code, passage="at one", said="?")
    bold = newsroom.written("Bold", body="Come **at noon** [here](/hall).")
    remark_on_text(newsroom.hans, item=bold, passage="Come at noon here", said="As it is read")
    for wrong in ({"item": "never"}, {"item": code, "number": 7}):
        with pytest.raises(UnknownItem):
            remark_on_text(newsroom.hans, said="?", **wrong)
    settle_remark(newsroom.lot, remark=first)
    shown = {each.id: each for each in item(newsroom.lot, code=code).remarks}
    assert (shown[first].settled, shown[second].settled) == (True, False)
    assert (shown[first].passage, shown[first].who) == ("at noon", "Hans")
    settle_remarks(newsroom.lot, remarks=[first, second])
    with pytest.raises(UnknownItem):
        settle_remarks(newsroom.lot, remarks=[first, 10**6])


def test_items_begin_with_a_template(newsroom: Newsroom) -> None:
    draft = TemplateDraft(
        name="Failure", kind="crisis", language="en", title="{what} does not work",
        body="Since {time} <b>{what}</b> does not work.",
    )  # fmt: skip
    code = add_item_template(newsroom.lot, template=draft)
    assert item_template(newsroom.hans, code=code).body == "Since {time} **{what}** does not work."
    begun = begin_item(newsroom.hans, template=code, title="Mail does not work")
    assert (
        newsroom.item(begun).kind == "crisis" and newsroom.item(begun).title == "Mail does not work"
    )
    changed = TemplateDraft(code=code, name="Failures", kind="crisis", language="en", body="New")
    change_item_template(newsroom.lot, template=changed)
    assert [row.name for row in item_templates(newsroom.hans).rows] == ["Failures"]
    retire_item_template(newsroom.lot, code=code)
    assert not item_templates(newsroom.hans).rows
    with pytest.raises(UnknownItem):
        begin_item(newsroom.hans, template=code)
    restore_item_template(newsroom.lot, code=code)
    event = TemplateDraft(name="Party", kind="event", body="Come")
    begun = begin_item(newsroom.hans, template=add_item_template(newsroom.lot, template=event))
    assert newsroom.item(begun).event_from is not None
    with pytest.raises(KnownAlready):
        add_item_template(newsroom.lot, template=event)
    with pytest.raises(NotAllowed):
        add_item_template(newsroom.hans, template=event)


def test_the_desk_counts_what_is_to_be_done(newsroom: Newsroom) -> None:
    assert not item_figures(newsroom.lot).any
    newsroom.planned()
    ask_item_approval(newsroom.lot, item=newsroom.written())
    newsroom.written("Another")
    found = item_figures(newsroom.mo)
    assert (found.drafts, found.planned, found.to_agree_to) == (1, 1, 1)
    assert item_figures(newsroom.lot).to_agree_to == 0


def test_pages_show_each_step_to_who_takes_it(newsroom: Newsroom) -> None:
    code = newsroom.written(body="Come **in**, {name}.\n\n<script>alert(1)</script>")
    lot, mo = Client(), Client()
    for name, client in (("lot", lot), ("mo", mo)):
        client.post("/sign-in", {"user": name, "password": PASSWORD})
    here = f"/communication/items/{code}"
    page = lot.get(here).content.decode()
    assert "Come <strong>in</strong>" in page and "alert(1)" not in page
    assert "ask-item-approval" in page and "approve-item" not in page
    write_text(newsroom.lot, text=TextDraft(item=code, title="Come", body="Come in."))
    ask_item_approval(newsroom.lot, item=code)
    assert "do/approve-item" in mo.get(here).content.decode()
    assert "do/approve-item" not in lot.get(here).content.decode()
    assert f'value="{code}@2.0"' in mo.get(here).content.decode()
    form = {"at_once": "1", "seen": f"{code}@2.0", "next": here}
    assert mo.post("/communication/do/approve-item", form).status_code == 302
    assert newsroom.item(code).state == "approved"
    assert "do/send-item" not in lot.get(here).content.decode()
    publish_item(newsroom.lot, item=code)
    page = lot.get(here).content.decode()
    assert "do/send-item" in page and f"/communication/mail-preview/{code}" in page
    assert "do/correct-item" not in page and "do/withdraw-item" in page
    filled = lot.get(f"/communication/do/write-text?text.item={code}&text.language=nl")
    assert "Come in." in filled.content.decode()
    for address in (
        "/communication/items", f"{here}/versions", "/communication/content-calendar",
        "/communication/content-calendar?month=never&kind=never", "/communication/item-templates",
        f"/communication/do/place-item?places.item={code}", "/communication/do/write-item",
        f"/communication/items?q={quote('Come in')}",
    ):  # fmt: skip
        assert lot.get(address).status_code == 200, address
    assert lot.get("/communication/items/never").status_code == 404
    assert lot.get(f"{here}/versions?left=99999999999999999999&right=-1").status_code == 200
