"""The record: every act of the company for whoever checks, and the page of one act."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.past import causes_of, record_url
from kantoor.kernel.pages.references import links, page_of, words_for
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.record.acts import READ, ActShown, acts, visible_acts
from kantoor.kernel.record.history import READ_HISTORY
from kantoor.kernel.record.models import Change
from kantoor.kernel.record.proofs import as_json, inclusion_proof
from kantoor.kernel.ui.cells import Link, Status, Tone
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, RecordPage, State

OUTCOMES: dict[str, tuple[Any, Tone]] = {
    "done": (_("Done"), "good"),
    "refused": (_("Refused"), "bad"),
}
OPERATIONS = {"i": _("made"), "u": _("changed"), "d": _("deleted"), "r": _("noted")}

RECORD = ListView(
    key="management.record",
    title=_("The record"),
    query=acts,
    columns=[
        Col(key="seq", title=_("Number"), kind="number"),
        Col(key="title", title=_("What"), phone="title"),
        Col(key="outcome", title=_("Outcome"), kind="status", states=OUTCOMES),
        Col(key="who", title=_("Who")),
        Col(key="about", title=_("About"), reference=True),
        Col(key="at", title=_("When"), kind="datetime"),
        Col(key="action", title=_("Action"), default=False),
        Col(key="code", title=_("Reason of refusal"), default=False),
        Col(key="cause", title=_("Cause"), default=False),
    ],
    narrows=[
        Narrow(
            key="outcome",
            title=_("Outcome"),
            choices={key: word for key, (word, _tone) in OUTCOMES.items()},
        ),
        Narrow(
            key="action",
            title=_("Action"),
            kind="text",
            hint=_("The name it begins with, such as finance."),
        ),
        Narrow(key="about", title=_("About"), kind="text", hint=_("Such as finance.entry/12.")),
    ],
    tabs=[Tab(_("All")), Tab(_("Refused"), {"outcome": "refused"})],
    row_url=lambda row: record_url(row.seq),
    empty=Empty(_("Nothing was done yet"), icon="book-2"),
)


class ActView(View):
    """The page of one act: who, when, why, and every row that it wrote."""

    def shows_to(self, actor: Actor) -> bool:
        """Whether the actor may read the record or the history of things."""
        return actor.may(READ) or actor.may(READ_HISTORY)

    def respond(self, request: HttpRequest, seq: int) -> HttpResponse:
        """The page, or the proof as a file."""
        actor = actor_of(request)
        act = visible_acts(actor, [seq]).get(seq)
        if act is None:
            raise NotFound(gettext("It does not exist, or not in this company."))
        if request.GET.get("format") == "proof":
            return _proof(actor, seq)
        return render(request, "ui/record.html", {"page": act_page(actor, act)})

    def routes(self) -> list[URLPattern]:
        """Its address, with the number of the act."""
        return [self.route("<int:seq>", self.respond)]


def act_page(actor: Actor, act: ActShown) -> RecordPage:
    """The values of the page of an act."""
    page = links(actor, [act.about]).get(act.about) if act.about else None
    word, tone = OUTCOMES.get(act.outcome, (act.outcome, "quiet"))
    about = words_for(act.about, page) if act.about else ""
    facts = [
        Fact(gettext("Who"), act.who),
        Fact(gettext("When"), act.at),
        Fact(gettext("Action"), act.action),
        Fact(gettext("About"), Link(about, page.url) if page else about),
        Fact(gettext("Reason of refusal"), act.code),
    ]
    return RecordPage(
        kind=gettext("Act"),
        title=f"{act.seq}: {act.title}",
        state=State(Status(act.outcome, force_str(word), tone), act.at),
        breadcrumb=[Link(force_str(RECORD.title), RECORD.url)] if actor.may(READ) else [],
        main_action=Act(gettext("Proof"), f"{record_url(act.seq)}?format=proof", icon="certificate")
        if actor.may(READ)
        else None,
        facts=[fact for fact in facts if fact.value],
        document=_changes(act.seq),
        causes=causes_of(actor, f"record:{act.seq}")[1:],
    )


def _changes(seq: int) -> Document | None:
    """The rows that the act wrote, a line for each stretch of a table."""
    rows = Change.objects.filter(seq=seq).order_by("id")
    found = rows.values_list("tablename", "operation", "first_id", "last_id")[:200]
    lines = [
        Row(
            str(n),
            {
                "table": table,
                "what": force_str(OPERATIONS.get(operation, operation)),
                "rows": str(first) if first == last else f"{first} – {last}",
            },
        )
        for n, (table, operation, first, last) in enumerate(found)
    ]
    columns = [
        Column("table", gettext("Table")),
        Column("what", gettext("What")),
        Column("rows", gettext("Rows")),
    ]
    return Document(columns=columns, lines=lines) if lines else None


def _proof(actor: Actor, seq: int) -> HttpResponse:
    proof = as_json(inclusion_proof(actor, seq=seq))
    answer = HttpResponse(proof, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="kantoor-proof-{seq}.json"'
    return answer


ACT = ActView(key="management.record", title=_("Act"), in_menu=False)


@page_of("record", title=_("Act"))
def act_pages(_actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of acts, by their number."""
    return {key: Link(key, record_url(int(key))) for key in keys if key.isdecimal()}
