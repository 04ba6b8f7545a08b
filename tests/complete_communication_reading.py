"""Rows of what must be read and of notices, for `complete.py`."""

from django.utils import timezone

from kantoor.departments.communication.actions.items.agreeing import (
    ask_items_approval,
)
from kantoor.departments.communication.actions.items.placing import place_item
from kantoor.departments.communication.actions.items.publishing import publish_items
from kantoor.departments.communication.actions.items.writing import write_item
from kantoor.departments.communication.actions.reading.asking import ask_again, ask_readers
from kantoor.departments.communication.actions.reading.confirming import note_reading
from kantoor.departments.communication.actions.reading.notifying import notify_affected
from kantoor.departments.communication.actions.reading.reminding import escalate
from kantoor.departments.communication.drafts_items import ItemDraft, PlacesDraft
from kantoor.departments.communication.drafts_reading import NoticeDraft
from kantoor.departments.communication.models import ReadingAsked
from kantoor.departments.communication.tests.agreeing import agree
from kantoor.departments.ict.actions.accounts.keeping import open_account
from kantoor.departments.ict.models import Server
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.models import Party
from tests.founded import House


def communication_reading(house: House) -> None:
    """A policy asked twice and read by one, and a notice about each of two servers."""
    anne, quill = house.administrator, house.person("quill", "communication_officer")
    code = write_item(quill, item=ItemDraft(kind="policy", title="Lifting", body="With two."))
    place_item(quill, places=PlacesDraft(item=code, must_read=True))
    ask_items_approval(quill, codes=[code])
    agree(anne, code)
    publish_items(anne, codes=[code])
    ask_readers(quill, item=code)
    ask_again(quill, item=code, why="Boxes too")
    asked = ReadingAsked.objects.filter(state="open").select_related("party").order_by("pk")
    note_reading(quill, item=code, person=asked[0].party.code, note="The list of May")
    for server in Server.objects.filter(company_id=anne.company_id).order_by("pk")[:2]:
        about = f"ict.server/{server.pk}"
        party = Party.objects.filter(company_id=anne.company_id, roles__role="employee")
        code = party.filter(erased_at=None).order_by("pk")[0].code
        open_account(anne, party=code, system=server.code, name=f"{code}-{server.code}")
        notice = NoticeDraft(about=about, title=f"{server.code} is down", body="We work on it.")
        notify_affected(anne, notice=notice, confirmed=0)
    escalate_for_test(anne)


@action(permission="tests.write", title="Escalate for a test", hidden=True)
def escalate_for_test(actor: Actor, /) -> None:
    """Tell the managers of all who did not read something."""
    rows = ReadingAsked.objects.filter(state="open", company_id=actor.company_id)
    escalate(list(rows.select_related("round__item", "party")), actor, timezone.now())
