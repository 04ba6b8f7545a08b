"""The inbox of the front office: hand in a file, see what came in, and try again what was refused.

A department puts it on its desk: `views=[*inbox("sales"), …]`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.intake.handing_in import kept_upload, known_sources, take_in_file
from kantoor.kernel.intake.models import IntakeEvent, IntakeFile
from kantoor.kernel.intake.queries import (
    InboxEvent,
    InboxRow,
    intake_event,
    intake_events,
    intake_reasons,
)
from kantoor.kernel.intake.raw import TAKE_IN
from kantoor.kernel.intake.result import IntakeResult
from kantoor.kernel.money import exponent
from kantoor.kernel.outcome import Outcome
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.job_results import Told, result_of
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import keep_quiet, link, page_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.queries import scoped
from kantoor.kernel.ui.cells import Cell, Link, Money, Status, Tone
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact

STATES: dict[str, tuple[Any, Tone]] = {
    "accepted": (_("Taken in"), "good"),
    "rejected": (_("Dealt with"), "quiet"),
    "open": (_("Refused"), "bad"),
}
_at: dict[str, str] = {"inbox": ""}


def inbox(desk: str) -> list[View]:
    """The views of the inbox, on the desk of that name."""
    key = f"{desk}.inbox"
    _at["inbox"] = f"/{desk}/inbox"
    return [_list(key), _reasons(desk), _record(key), HandIn(key=f"{desk}.hand_in", title=_("Bring in a file"), permission=TAKE_IN, in_menu=False)]  # fmt: skip


def inbox_url() -> str:
    """Where the inbox is."""
    return _at["inbox"]


def _state(row: InboxRow) -> str:
    return "open" if row.open else row.state


def _list(key: str) -> ListView:
    return ListView(
        key=key,
        title=_("Inbox"),
        query=intake_events,
        columns=[
            Col(key="event_id", title=_("Number"), phone="title"),
            Col(key="type", title=_("Kind")),
            Col(key="state", title=_("State"), kind="status", value=_state, states=STATES),
            Col(key="message", title=_("Reason"), phone="meta"),
            Col(key="line", title=_("Line"), kind="number", default=False),
            Col(key="result", title=_("Became"), reference=True),
            Col(key="source", title=_("Source"), sort=True),
            Col(key="rows", title=_("Rows"), kind="number", sum=True, phone="hidden"),
            Col(key="amount", title=_("Amount refused"), kind="money", sum=True, phone="hidden"),
            Col(key="taken_at", title=_("Came in"), kind="datetime", sort=True),
            Col(key="code", title=_("Code"), sort=True, default=False),
        ],
        narrows=[
            Narrow(
                key="state",
                title=_("State"),
                choices={
                    "open": _("Refused, to be dealt with"),
                    "rejected": _("Refused, all of them"),
                    "accepted": _("Taken in"),
                },
            ),
            Narrow(key="source", title=_("Source"), kind="text"),
            Narrow(key="type", title=_("Kind"), kind="text"),
            Narrow(key="code", title=_("Code"), kind="text"),
        ],
        tabs=[Tab(_("All")), Tab(_("Refused"), {"state": "open"})],
        sort="-taken_at",
        kind="kernel.intake_event",
        row_url=lambda row: f"{_at['inbox']}/{row.id}",
        bulk=[
            Bulk(
                action="kernel.replay_rejected_events",
                parameter="events",
                label=_("Try again"),
                icon="refresh",
                answer=_replayed,
            )
        ],
        main=hand_in_act,
        search_hint=_("Number"),
        empty=Empty(
            _("Nothing came in yet"),
            _("Orders come in from your web shop by themselves, or from a file that you bring."),
            "package-import",
        ),
    )


def hand_in_act(actor: Actor) -> Act | None:
    """The button that brings in a file."""
    url = f"{_at['inbox'].rpartition('/')[0]}/hand-in"
    label = gettext("Bring in a file")
    return Act(label, url, icon="upload", key="n") if actor.may(TAKE_IN) else None


def _replayed(result: Any, selected: Sequence[str]) -> Outcome:
    pairs = list(zip(selected, result, strict=True))
    refused = [(key, force_str(each.message)) for key, each in pairs if each.state == "rejected"]
    return Outcome(done=len(pairs) - len(refused), refused=refused)


def _reasons(desk: str) -> ListView:
    return ListView(
        key=f"{desk}.refusals",
        title=_("Why events are refused"),
        query=intake_reasons,
        columns=[
            Col(key="message", title=_("Reason"), phone="title"),
            Col(key="source", title=_("Source")),
            Col(key="events", title=_("Events"), kind="number"),
            Col(key="rows", title=_("Rows"), kind="number"),
            Col(key="amount", title=_("Amount"), kind="money"),
        ],
        row_url=lambda row: f"{_at['inbox']}?state=open&source={row.source}&code={row.code}",
        in_menu=False,
        empty=Empty(_("Nothing is refused"), icon="circle-check"),
    )


# --- one event


def _record(key: str) -> RecordView:
    return RecordView(
        key=key,
        title=_("Event"),
        kind="kernel.intake_event",
        path="<int:event>",
        find=intake_event,
        show=_event,
        template="pages/event.html",
    )


def _event(actor: Actor, shown: InboxEvent) -> Thing:
    row = shown.event
    state = _state(row)
    word, tone = STATES[state]
    became = link(actor, row.result) if row.result else None
    again = act_for(
        actor,
        "kernel.replay_rejected",
        label=_("Try again"),
        icon="refresh",
        at_once=True,
        tone="main",
        back=f"{_at['inbox']}/{row.id}",
        event=row.id,
    )
    facts = [
        Fact(gettext("Source"), row.source),
        Fact(gettext("Kind"), row.type),
        Fact(gettext("Came in"), row.taken_at),
        Fact(gettext("Happened"), row.time),
        Fact(gettext("File"), shown.file),
        Fact(gettext("Line"), row.line),
        Fact(gettext("Became"), Link(became.label, became.url) if became else row.result),
        Fact(gettext("Reason"), row.message),
        Fact(gettext("Amount"), _money(actor, row.amount)),
    ]
    later = Link(gettext("The later attempt"), f"{_at['inbox']}/{shown.replayed_by}")
    earlier = Link(gettext("The earlier attempt"), f"{_at['inbox']}/{shown.replays}")
    return Thing(
        title=row.event_id,
        row=row.id,
        state=Status(state, force_str(word), tone),
        since=row.taken_at,
        note=row.message,
        facts=[fact for fact in facts if fact.value not in (None, "")],
        document=_rows(shown) if shown.rows else None,
        steps=[again if row.open else None],
        body={
            "text": shown.text,
            "attempts": [
                each
                for each, known in ((later, shown.replayed_by), (earlier, shown.replays))
                if known
            ],
        },
    )


def _money(actor: Actor, minor: int | None) -> Money | None:
    return None if minor is None else Money(minor, exponent(actor.currency), actor.currency)


def _rows(shown: InboxEvent) -> Document:
    names = [Column(str(n), name) for n, name in enumerate(shown.header)]
    names.append(Column("line", gettext("Line"), "number"))
    lines = []
    for number, row in enumerate(shown.rows):
        cells: dict[str, Cell] = {str(n): text for n, text in enumerate(row.cells)}
        lines.append(Row(str(number), {"line": row.line, **cells}))
    return Document(columns=names, lines=lines)


@page_of("kernel.intake_event", title=_("Event"))
def event_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of events, by the identifier of their row."""
    found = scoped(actor, IntakeEvent).filter(pk__in=[key for key in keys if key.isdecimal()])
    named = found.values_list("pk", "event_id")
    return {str(pk): Link(event_id, event_url(pk)) for pk, event_id in named}


@page_of("event", title=_("Event"))
def events_by_name(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of events, by source and identifier (`webshop/536365`)."""
    pairs = [key.rpartition("/")[::2] for key in keys]
    found = scoped(actor, IntakeEvent).filter(event_id__in=[each for _source, each in pairs])
    rows = found.order_by("pk").values_list("pk", "source", "event_id")
    return {f"{source}/{event}": Link(event, event_url(pk)) for pk, source, event in rows}


@page_of("kernel.intake_file", title=_("File"))
def file_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """Files have no page of their own: their name says which it was."""
    found = scoped(actor, IntakeFile).filter(pk__in=[key for key in keys if key.isdecimal()])
    return {str(pk): Link(name, "") for pk, name in found.values_list("pk", "name")}


def event_url(pk: int) -> str:
    """The page of an event."""
    return f"{_at['inbox']}/{pk}" if _at["inbox"] else ""


keep_quiet("kernel.intake_raw")


# --- handing in a file


class HandInForm(forms.Form):
    """A file, and whose data it is."""

    file = forms.FileField()
    source = forms.CharField(max_length=200)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        self.fields["file"].label = gettext("File")
        self.fields["file"].help_text = gettext(
            "CSV, or CloudEvents as JSON lines; gzip is fine too."
        )
        self.fields["source"].label = gettext("Source")
        self.fields["source"].help_text = gettext(
            "Whose data it is; it says what the columns mean."
        )
        self.fields["source"].widget.attrs |= {"list": "sources", "autocomplete": "off"}


@dataclass(frozen=True, kw_only=True)
class HandIn(View):
    """The page that takes a file: it is kept, and a job takes it in while one goes on."""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The form; sent, the way to the job's page."""
        actor = actor_of(request)
        sources = known_sources()
        first = sources[0] if len(sources) == 1 else ""
        form = HandInForm(request.POST or None, request.FILES or None, initial={"source": first})
        if request.method == "POST" and form.is_valid():
            path = kept_upload(form.cleaned_data["file"])
            key = take_in_file.enqueue(actor, path=str(path), source=form.cleaned_data["source"])
            return HttpResponseRedirect(f"/today/jobs/{key}")
        page = FormPage(
            title=force_str(self.title),
            form=form,
            submit=gettext("Take it in"),
            intro=gettext(
                "What was taken in before changes nothing; what is refused you see with the reason."
            ),
            cancel_url=_at["inbox"],
            breadcrumb=[Link(gettext("Inbox"), _at["inbox"])],
        )
        context = {"page": page, "sources": sources}
        return render(request, "pages/hand_in.html", context, status=422 if form.errors else 200)

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


@result_of("kernel.take_in_file")
def taken_in(actor: Actor, result: bytes) -> Told:
    """What came of a file: the counts, why rows were refused, and the file of those."""
    found = msgspec.json.decode(result, type=IntakeResult)
    facts = [
        Fact(gettext("Rows received"), found.received),
        Fact(gettext("Taken in"), found.accepted),
        Fact(gettext("Known already"), found.duplicates),
        Fact(gettext("Refused"), found.rejected),
    ]
    if found.stopped is not None:
        words = gettext("line %(line)s: %(why)s") % {
            "line": found.stopped.line or 1,
            "why": found.stopped.message,
        }
        facts.append(Fact(gettext("Could not be read further"), words))
    money = exponent(actor.currency)
    lines = [
        Row(
            each.code,
            {"why": each.message, "rows": each.rows, "amount": Money(each.amount, money)},
            f"{_at['inbox']}?state=open&code={each.code}" if _at["inbox"] else "",
        )
        for each in found.reasons
    ]
    columns = [
        Column("why", gettext("Why it was refused")),
        Column("rows", gettext("Rows"), "number"),
        Column("amount", gettext("Amount"), "money", currency=actor.currency),
    ]
    to_inbox = Act(gettext("To the inbox"), _at["inbox"], tone="main")
    return Told(
        facts=facts,
        document=Document(columns=columns, lines=lines) if lines else None,
        acts=[to_inbox] if _at["inbox"] else [],
        file=found.rejected_file,
    )
