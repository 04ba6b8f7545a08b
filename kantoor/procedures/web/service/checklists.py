"""Checklists: their templates, those under way, the form that begins one, and the page of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.acts import act_for, acts, url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.form_view import ShownForm
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.past import leave_unsaid
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import link, page_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact
from kantoor.procedures.actions.checklists import look_at_checklist, start_checklist
from kantoor.procedures.department import HELP, MANAGE, TAKE_PART
from kantoor.procedures.diagrams.elements import FormField
from kantoor.procedures.queries.checklists import (
    ItemShown,
    RunShown,
    checklist_inputs,
    checklist_names,
    checklist_run,
    checklist_runs,
    checklists,
    looks_otherwise,
    run_titles,
    template_names,
)
from kantoor.procedures.web.asking import PEOPLE, AskingForm, as_words
from kantoor.procedures.web.service import words
from kantoor.procedures.web.service.kinds import role_choices


def _begin(actor: Actor) -> Act | None:
    label = gettext("Begin a checklist")
    return Act(label, BEGIN.url, icon="plus", key="n") if actor.may(TAKE_PART) else None


RUNS = ListView(
    key="procedures.checklist_runs",
    title=_("Checklists"),
    query=checklist_runs,
    columns=[
        Col(key="title", title=_("Checklist"), phone="title"),
        Col(key="who", title=_("Who goes through it"), phone="meta"),
        Col(key="left", title=_("Open"), kind="number", phone="figure"),
        Col(key="total", title=_("Items"), kind="number", phone="hidden"),
        Col(key="state", title=_("State"), kind="status", states=words.RUN_STATES),
        Col(key="started_at", title=_("Begun"), kind="datetime", sort=True, phone="hidden"),
        Col(key="due_at", title=_("Due"), kind="datetime", sort=True, phone="hidden"),
        Col(key="closed_at", title=_("Closed"), kind="datetime", default=False),
    ],
    narrows=[
        Narrow(key="open", title=_("Under way"), kind="boolean"),
        Narrow(key="checklist", title=_("Checklist"), choices=checklist_names),
    ],
    tabs=[Tab(_("All")), Tab(_("Under way"), {"open": "1"})],
    sort="-started_at",
    kind="procedures.checklist_run",
    row_url=lambda row: words.run_url(row.id),
    muted=lambda row: row.state == "closed",
    main=_begin,
    empty=Empty(
        _("No checklists under way"),
        _("They come with duties by themselves; begin one yourself where you need it."),
        icon="checklist",
    ),
)


def _more(actor: Actor) -> list[Act | None]:
    back = "/procedures/checklists"
    ready = act_for(actor, "procedures.use_ready_checklists", at_once=True, icon="download", back=back)  # fmt: skip
    return [
        ready,
        act_for(actor, "procedures.give_checklists_role", icon="key", back=back),
        act_for(actor, "procedures.end_checklists_role", icon="key", back=back),
    ]


TEMPLATES = ListView(
    key="procedures.checklists",
    title=_("Templates of checklists"),
    query=checklists,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="items", title=_("Items"), kind="number", value=lambda row: len(row.items)),
        Col(key="inputs", title=_("What it is told")),
        Col(
            key="faults", title=_("What can't be observed"),
            value=lambda row: " ".join(row.faults), phone="hidden",
        ),
    ],
    narrows=[Narrow(key="retired", title=_("Not used any more"), kind="boolean")],
    row_key="code",
    row_url=lambda row: url_of_action("procedures.keep_checklist", {"draft.code": row.code}),
    new="procedures.keep_checklist",
    more=_more,
    bulk=[Bulk(action="procedures.retire_checklists", parameter="checklists", icon="archive")],
    empty=Empty(
        _("No checklists yet"),
        _("Take over those that come ready, or write one: what people tick, and what is observed."),
        icon="checklist",
        act=lambda actor: act_for(actor, "procedures.use_ready_checklists", at_once=True, icon="download", back="/procedures/checklists"),
    ),
)  # fmt: skip


# --- beginning one


@dataclass(frozen=True, kw_only=True)
class Begin(View):
    """The page at `/procedures/begin-checklist`, and under it the form of each template."""

    def offers(self, request: HttpRequest) -> HttpResponse:
        """The templates in use."""
        actor = actor_of(request)
        context = {
            "title": str(self.title),
            "page": {"title": str(self.title)},
            "offered": [
                (name, f"{self.url}/{code}") for code, name in checklist_names(actor).items()
            ],
            "empty": TEMPLATES._empty(actor, None),
        }
        return render(request, "procedures/service/begin.html", context)

    def form(self, request: HttpRequest, code: str) -> HttpResponse:
        """The form of a template; sent, the way to the checklist."""
        actor = actor_of(request)
        fields = [FormField(name=name, required=True) for name in checklist_inputs(actor, checklist=code)]  # fmt: skip
        form = AskingForm(fields, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                run = start_checklist(actor, checklist=code, values=form.values())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return HttpResponseRedirect(words.run_url(run))
        page = ShownForm(
            title=checklist_names(actor).get(code, code),
            form=form,
            submit=gettext("Begin"),
            action=f"{self.url}/{code}",
            intro="" if fields else gettext("Nothing has to be filled in to begin this."),
            cancel_url=self.url,
            breadcrumb=[Link(str(self.title), self.url)],
        )
        return render(
            request, "pages/form.html", {"page": page}, status=422 if form.errors else 200
        )

    def routes(self) -> list[URLPattern]:
        """The templates, and the form of each."""
        return [self.route("", self.offers), self.route("<str:code>", self.form)]


BEGIN = Begin(
    key="procedures.begin_checklist",
    title=_("Begin a checklist"),
    permission=TAKE_PART,
    in_menu=False,
)


# --- one of them


@dataclass(frozen=True, kw_only=True)
class RunView(RecordView):
    """The page of a checklist; what is observed of it is looked at anew when it opens."""

    def respond(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """The page."""
        actor = actor_of(request)
        if looks_otherwise(actor, run=parts["run"]):
            look_at_checklist(actor, run=parts["run"])
        return super().respond(request, **parts)


def _thing(actor: Actor, shown: RunShown) -> Thing:
    row = shown.row
    known = {"run": row.id}
    here = words.run_url(row.id)
    about = link(actor, shown.about) if shown.about else None
    facts = [
        *(Fact(name, value) for name, value in shown.values.items()),
        Fact(gettext("Belongs to"), about),
        Fact(gettext("Who goes through it"), row.who),
        Fact(gettext("Begun by"), shown.started_by),
        Fact(gettext("Begun"), row.started_at),
        Fact(gettext("Due"), row.due_at),
        Fact(gettext("Closed by"), shown.closed_by),
        Fact(gettext("Closed"), row.closed_at),
    ]
    steps: list[Act | None] = []
    if shown.for_me:
        close = gettext("Close it")
        steps.append(act_for(actor, "procedures.close_checklist", known, label=close, icon="check", at_once=True, tone="main", back=here))  # fmt: skip
        if not shown.taken:
            steps.append(act_for(actor, "procedures.take_checklist", known, label=gettext("Take it"), icon="user-check", at_once=True, back=here))  # fmt: skip
    if shown.open and (shown.for_me or actor.may(HELP)):
        steps.append(act_for(actor, "procedures.hand_checklist_on", known, label=gettext("Hand on"), icon="arrow-right", back=here))  # fmt: skip
    if shown.open and any(each.observed for each in shown.items):
        steps.append(act_for(actor, "procedures.look_at_checklist", known, label=gettext("Look anew"), icon="refresh", at_once=True, back=here))  # fmt: skip
    left = gettext("%(left)s of %(total)s open") % {"left": row.left, "total": row.total}
    return Thing(
        title=row.title,
        row=row.id,
        state=words.status(words.RUN_STATES, row.state),
        since=row.closed_at or row.started_at,
        note=left if shown.open else "",
        facts=[fact for fact in facts if fact.value not in (None, "")],
        steps=steps,
        body={
            "items": [_item(actor, shown, each, here) for each in shown.items],
            "run": row.id,
            "here": here,
        },
    )


def _item(actor: Actor, shown: RunShown, each: ItemShown, here: str) -> dict[str, Any]:
    known = {"run": shown.row.id, "item": each.place}
    waive = untick = None
    if shown.open and each.state in ("open", "holds") and not shown.for_me:
        waive = act_for(actor, "procedures.waive_item", known, label=gettext("Waive"), icon="x", back=here)  # fmt: skip
    if shown.for_me and each.state == "ticked":
        untick = act_for(actor, "procedures.untick_item", known, label=gettext("Take the tick away"), icon="arrow-back-up", at_once=True, back=here)  # fmt: skip
    return {
        "item": each,
        "status": words.status(words.ITEM_STATES, _state(each)),
        "seen": [
            {
                "at": seen.at,
                "held": words.status(words.ITEM_STATES, "holds" if seen.held else "not_yet"),
                "what": seen.why or _figures(seen.result),
            }
            for seen in each.seen[:20]
        ],
        "ticks": shown.for_me and not each.observed and each.state == "open",
        "acts": acts(untick, waive),
    }


def _state(each: ItemShown) -> str:
    return "not_yet" if each.observed and each.state == "open" else each.state


def _figures(result: Any) -> str:
    """The figures of an answer, as people read them."""
    if not isinstance(result, Mapping):
        return as_words(result)
    pairs = [(name.replace("_", " "), as_words(value)) for name, value in result.items()]
    return "; ".join(f"{name}: {value}" for name, value in pairs[:12])


RUN = RunView(
    key="procedures.checklist_runs",
    title=_("Checklist"),
    kind="procedures.checklist_run",
    path="<int:run>",
    find=checklist_run,
    show=_thing,
    template="procedures/service/run.html",
)


leave_unsaid("procedures.checklist_run", "known", "whose", "look_at", "is_open")


@page_of("procedures.checklist", title=_("Checklist"))
def template_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The forms of templates."""
    wanted = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
    found = template_names(actor, keys=wanted)
    address = "procedures.keep_checklist"
    return {
        str(pk): Link(name, url_of_action(address, {"draft.code": code}))
        for pk, (code, name) in found.items()
    }


@page_of("procedures.checklist_run", title=_("Checklist"))
def run_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of checklists under way."""
    wanted = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
    found = run_titles(actor, keys=wanted)
    return {str(pk): Link(title, words.run_url(pk)) for pk, title in found.items()}


# --- forms


def _template_now(actor: Actor, given: Given) -> Mapping[str, Any]:
    code = str(given.get("draft.code") or "")
    rows = checklists(actor, code=code) if code and actor.may(MANAGE) else []
    if not rows:
        return {}
    row = rows[0]
    return {
        "draft.code": row.code, "draft.name": row.name_en, "draft.name_nl": row.name_nl,
        "draft.inputs": row.inputs, "items": row.items,
    }  # fmt: skip


plan(
    "procedures.keep_checklist",
    Plan(
        prefill=_template_now,
        intro=_(
            "A person ticks an item that has no question. What has one is observed: the question is"
            " asked, and the expression over its result must hold."
        ),
        goes_to=lambda _actor, _faults: TEMPLATES.url,
        done=lambda faults: " ".join(faults) if faults else gettext("All of it can be observed."),
    ),
)
_HIDDEN = {"run": "hidden", "item": "hidden"}
for _verb in (
    "close_checklist", "take_checklist", "look_at_checklist", "tick_item", "untick_item",
    "waive_item", "start_checklist", "retire_checklists",
):  # fmt: skip
    plan(f"procedures.{_verb}", Plan(kinds=_HIDDEN, in_palette=False))  # type: ignore[arg-type]
plan(
    "procedures.hand_checklist_on",
    Plan(kinds={"run": "hidden"}, suggestions={"user": PEOPLE}, in_palette=False),
)
for _verb in ("give_checklists_role", "end_checklists_role"):
    plan(
        f"procedures.{_verb}",
        Plan(
            choices={"role": role_choices},
            intro=_("What checklists observe they see as an account of their own, by its roles."),
            goes_to=lambda _actor, _result: TEMPLATES.url,
            in_palette=False,
        ),
    )
plan("procedures.use_ready_checklists", Plan(goes_to=lambda _actor, _codes: TEMPLATES.url))

_KEEP = "procedures.keep_checklist"
name_field(
    f"{_KEEP}:draft.code", _("Code"), _("Lower-case letters and hyphens, such as month-end.")
)
name_field(f"{_KEEP}:draft.name", _("Name"))
name_field(f"{_KEEP}:draft.name_nl", _("Name in Dutch"))
name_field(
    f"{_KEEP}:draft.inputs", _("What it is told"),
    _("Names with a space between, such as employee; items can use them."),
)  # fmt: skip
name_field(f"{_KEEP}:items", _("Items"))
name_field(f"{_KEEP}:items.title", _("What is checked"))
name_field(f"{_KEEP}:items.title_nl", _("In Dutch"))
name_field(f"{_KEEP}:items.query", _("Question"))
name_field(f"{_KEEP}:items.given", _("Inputs (a=b; c=d)"))
name_field(f"{_KEEP}:items.holds", _("Must hold"))
name_field(f"{_KEEP}:items.listens", _("Looks after events"))
name_field("run", _("Checklist"))
name_field("item", _("Item"))
name_field("procedures.tick_item:note", _("What you saw or did"))
name_field("procedures.hand_checklist_on:user", _("To whom"), _("What this colleague signs in as."))
name_field("procedures.retire_checklists:checklists", _("Checklists"))
name_field("checklist", _("Checklist"))
