"""When everything was proved against the record: the register, and the alarm on Today."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.jobs.proving import last_proof, proofs
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.today import Card, today_card
from kantoor.kernel.record.acts import READ
from kantoor.kernel.ui.cells import Status, Tone
from kantoor.kernel.ui.today_page import Waiting

OUTCOMES: dict[str, tuple[Any, Tone]] = {
    "good": (_("As the record says"), "good"),
    "differs": (_("Differs"), "bad"),
}

PROOFS = ListView(
    key="management.proofs",
    title=_("Proofs"),
    query=proofs,
    columns=[
        Col(key="at", title=_("When"), kind="datetime", phone="title"),
        Col(key="outcome", title=_("Outcome"), kind="status", states=OUTCOMES),
        Col(key="rows", title=_("Rows and files"), kind="number"),
        Col(key="faults", title=_("Places that differ"), kind="number"),
        Col(key="places", title=_("Where")),
        Col(key="seconds", title=_("Seconds"), kind="number", default=False),
    ],
    empty=Empty(_("Nothing was proved by itself yet; it is done each night"), icon="shield-check"),
)


@today_card("management", permission=READ, order=1)
def differing(_actor: Actor) -> Card:
    """That something is not as the record says; while all is, there is nothing to say."""
    last = last_proof()
    if last is None or not last.faults:
        return Card()
    said = ngettext(
        "%(n)s place is not as the record says", "%(n)s places are not as the record says", last.faults
    ) % {"n": last.faults}  # fmt: skip
    status = Status("differs", gettext("Differs"), "bad")
    detail = gettext("`kantoor verify` names each")
    return Card(waiting=[Waiting(said, PROOFS.url, detail, due=None, status=status)])
