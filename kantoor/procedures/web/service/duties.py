"""Duties: those that came, the page of one, and how they are arranged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kantoor.kernel.actions.registry import action_named
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.action_form import ActionForm
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.form_view import ShownForm
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.past import leave_unsaid
from kantoor.kernel.pages.plans import Plan, plan, plan_of
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.form_page import Section
from kantoor.kernel.ui.formats import day as day_words
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact
from kantoor.kernel.ui.toasts import Toast, say
from kantoor.procedures.actions.duty_drafts import keep_duty
from kantoor.procedures.department import HELP, MANAGE
from kantoor.procedures.drafts import DutyDraft
from kantoor.procedures.queries.checklists import checklist_names
from kantoor.procedures.queries.duties import (
    DutyTimeRow,
    coming_days,
    duties,
    duty_names,
    duty_time,
    duty_time_titles,
    duty_times,
)
from kantoor.procedures.web.asking import PEOPLE
from kantoor.procedures.web.service import words
from kantoor.procedures.web.service.kinds import role_choices, team_choices

ARRANGE_URL = "/procedures/arrange-duty"

DUTIES = ListView(
    key="procedures.duties",
    title=_("Duties"),
    query=duty_times,
    columns=[
        Col(key="name", title=_("Duty"), phone="title"),
        Col(key="who", title=_("Whose"), phone="meta"),
        Col(key="due_on", title=_("Due"), kind="date", sort=True, phone="figure"),
        Col(key="state", title=_("State"), kind="status", states=words.DUTY_STATES),
        Col(
            key="late", title=_("Time"), kind="status",
            states={True: (_("Late"), "bad"), False: (_("In time"), "quiet")},
        ),
        Col(key="ended_by", title=_("By whom"), default=False),
        Col(key="ended_at", title=_("Ended"), kind="datetime", sort=True, default=False),
        Col(key="evidence", title=_("Evidence"), default=False),
    ],
    narrows=[
        Narrow(
            key="state", title=_("State"),
            choices={code: word for code, (word, _tone) in words.DUTY_STATES.items()},
        ),
        Narrow(key="late", title=_("Late"), kind="boolean"),
    ],
    tabs=[Tab(_("To do"), {"state": "open"}), Tab(_("Late"), {"late": "1"}), Tab(_("All"))],
    sort="due_on",
    kind="procedures.duty_time",
    row_url=lambda row: words.duty_url(row.id),
    muted=lambda row: row.state != "open",
    empty=Empty(
        _("No duties"),
        _("What has to be done again and again comes here by itself, in time."),
        icon="calendar-event",
    ),
)  # fmt: skip


def _arrange(actor: Actor) -> Act | None:
    label = gettext("Arrange a duty")
    return Act(label, ARRANGE_URL, icon="plus", key="n") if actor.may(MANAGE) else None


ARRANGED = ListView(
    key="procedures.recurring_duties",
    title=_("Duties that recur"),
    query=duties,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Duty"), phone="title"),
        Col(key="what", title=_("What it is"), value=lambda row: words.DUTY_KINDS[row.what]),
        Col(key="who", title=_("Whose")),
        Col(
            key="following", title=_("Due next"), phone="meta",
            value=lambda row: ", ".join(day_words(each) for each in row.following[:3]),
        ),
        Col(key="appears_on", title=_("Appears"), kind="date"),
    ],
    narrows=[Narrow(key="retired", title=_("No more"), kind="boolean")],
    row_key="code",
    row_url=lambda row: f"{ARRANGE_URL}?code={row.code}",
    main=_arrange,
    bulk=[Bulk(action="procedures.retire_duties", parameter="duties", icon="archive")],
    empty=Empty(
        _("Nothing recurs yet"),
        _("The end of a month, a fire drill, certificates to renew: say when, and it comes by itself."),
        icon="calendar-event",
    ),
)  # fmt: skip


def _thing(actor: Actor, row: DutyTimeRow) -> Thing:
    known, here = {"time": row.id}, words.duty_url(row.id)
    facts = [
        Fact(gettext("Whose"), row.who),
        Fact(gettext("Due"), row.due_on),
        Fact(gettext("Checklist"), Link(gettext("Open the checklist"), words.run_url(row.run)) if row.run else None),
        Fact(gettext("Procedure"), Link(str(row.instance), f"/procedures/instances/{row.instance}") if row.instance else None),
        Fact(gettext("By whom"), row.ended_by),
        Fact(gettext("Ended"), row.ended_at),
        Fact(gettext("Evidence") if row.state == "done" else gettext("Why"), row.evidence),
        Fact(gettext("What to do"), row.text),
    ]  # fmt: skip
    steps: list[Act | None] = []
    if row.state == "open" and (row.for_me or actor.may(HELP)):
        if row.run is None and row.instance is None:
            if row.for_me:
                steps.append(act_for(actor, "procedures.do_duty", known, label=gettext("Done"), icon="check", tone="main", back=here))  # fmt: skip
            steps.append(act_for(actor, "procedures.hand_duty_on", known, label=gettext("Hand on"), icon="arrow-right", back=here))  # fmt: skip
        steps.append(act_for(actor, "procedures.skip_duty", known, label=gettext("Skip it"), icon="arrow-right", back=here))  # fmt: skip
    late = gettext("It should have been done by now.") if row.late and row.state == "open" else ""
    return Thing(
        title=row.name,
        row=row.id,
        state=words.status(words.DUTY_STATES, row.state),
        since=row.ended_at,
        note=late,
        facts=[fact for fact in facts if fact.value not in (None, "")],
        steps=steps,
    )


DUTY = RecordView(
    key="procedures.duties",
    title=_("Duty"),
    kind="procedures.duty_time",
    path="<int:time>",
    find=duty_time,
    show=_thing,
)


leave_unsaid("procedures.duty_time", "whose", "is_open", "run", "instance")
leave_unsaid("procedures.duty", "whose", "escalate")


@page_of("procedures.duty_time", title=_("Duty"))
def duty_time_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of duties that came."""
    wanted = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
    found = duty_time_titles(actor, keys=wanted)
    return {str(pk): Link(title, words.duty_url(pk)) for pk, title in found.items()}


@page_of("procedures.duty", title=_("Duty that recurs"))
def duty_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The forms of duties that recur."""
    wanted = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
    found = duty_names(actor, keys=wanted)
    return {str(pk): Link(name, f"{ARRANGE_URL}?code={code}") for pk, (code, name) in found.items()}


# --- arranging one


@dataclass(frozen=True, kw_only=True)
class Arrange(View):
    """The form of a duty at `/procedures/arrange-duty`, with the days on which it would be due."""

    def form(self, request: HttpRequest) -> HttpResponse:
        """The form; sent, the way back to the list."""
        actor = actor_of(request)
        form = self._form(request)
        if request.method == "POST":
            draft = _draft_of(form)
            try:
                if draft is not None:
                    keep_duty(actor, draft=draft)
                    say(request, Toast(gettext("“{name}” is arranged.").format(name=draft.name)))
                    return HttpResponseRedirect(ARRANGED.url)
            except DomainError as refusal:
                form.refuse(refusal)
        page = ShownForm(
            title=str(self.title),
            form=form.form,
            submit=gettext("Arrange it"),
            action=request.get_full_path(),
            sections=form.plan.sections,
            cancel_url=ARRANGED.url,
            breadcrumb=[Link(str(ARRANGED.title), ARRANGED.url)],
            suggestions=form.suggestions(),
        )
        context = {"page": page, "days": _days(actor, form), "days_url": f"{self.url}/days"}
        status = 422 if request.method == "POST" else 200
        return render(request, "procedures/service/duty_form.html", context, status=status)

    def days(self, request: HttpRequest) -> HttpResponse:
        """The days alone, as somebody types."""
        actor = actor_of(request)
        context = {"days": _days(actor, self._form(request))}
        return render(request, "procedures/service/days.html", context)

    def _form(self, request: HttpRequest) -> ActionForm:
        actor = actor_of(request)
        action = action_named("procedures.keep_duty")
        assert action is not None
        code = request.GET.get("code", "")[:40]
        rows = duties(actor, code=code) if code else []
        names = DutyDraft.__struct_fields__
        before = {f"draft.{name}": getattr(rows[0].draft, name) for name in names} if rows else {}
        typed = request.POST if request.method == "POST" else None
        return ActionForm(action, actor, plan_of(action.name), before, typed)

    def routes(self) -> list[URLPattern]:
        """The form, and the days within it."""
        return [self.route("", self.form), self.route("days", require_POST(self.days))]


def _draft_of(form: ActionForm) -> DutyDraft | None:
    """What was typed; None where something is wrong, which the form then says."""
    parameters = form.parameters()
    return parameters["draft"] if parameters is not None else None


def _days(actor: Actor, form: ActionForm) -> list[date]:
    """The days on which what is filled in would be due; none while that can't be said."""
    try:
        if form.form.is_bound:
            draft = _draft_of(form)
        else:
            known = {name.removeprefix("draft."): value for name, value in form.before.items()}
            draft = msgspec.convert(known, DutyDraft) if known else None
        return coming_days(actor, draft=draft) if draft is not None else []
    except (DomainError, msgspec.ValidationError):
        return []


ARRANGE = Arrange(
    key="procedures.arrange_duty", title=_("Arrange a duty"), permission=MANAGE, in_menu=False
)


def _checklists(actor: Actor) -> dict[str, str]:
    return checklist_names(actor)


plan(
    "procedures.keep_duty",
    Plan(
        choices={
            "draft.checklist": _checklists,
            "draft.role": role_choices,
            "draft.team": team_choices,
            "draft.escalate": role_choices,
            "draft.unit": words.UNITS,
            "draft.which": words.WHICH,
            "draft.weekday": words.WEEKDAYS,
            "draft.shift": words.SHIFTS,
        },
        suggestions={"draft.person": PEOPLE},
        kinds={"draft.text": "lines_of_text"},
        sections=[
            Section(
                _("What has to be done"),
                ["draft.code", "draft.name", "draft.name_nl", "draft.text"],
            ),
            Section(
                _("It is a checklist or a procedure"),
                ["draft.checklist", "draft.procedure"],
                _("Leave both empty for a task."),
            ),
            Section(
                _("Whose it is"), ["draft.role", "draft.team", "draft.person", "draft.escalate"]
            ),
            Section(
                _("When"),
                [
                    "draft.unit", "draft.every", "draft.which", "draft.weekday", "draft.day",
                    "draft.month", "draft.shift", "draft.starts_on", "draft.ends_on",
                    "draft.lead_days",
                ],
            ),
        ],
        goes_to=lambda _actor, _code: ARRANGED.url,
        in_palette=False,
    ),
)  # fmt: skip
for _verb in ("do_duty", "skip_duty"):
    plan(
        f"procedures.{_verb}",
        Plan(kinds={"time": "hidden", "evidence": "lines_of_text"}, in_palette=False),
    )
plan(
    "procedures.hand_duty_on",
    Plan(kinds={"time": "hidden"}, suggestions={"user": PEOPLE}, in_palette=False),
)
plan("procedures.retire_duties", Plan(in_palette=False))

_KEEP = "procedures.keep_duty"
_SAID: dict[str, tuple[Any, Any]] = {
    "code": (_("Code"), _("Lower-case letters and hyphens, such as fire-drill.")),
    "name": (_("What has to be done"), ""),
    "name_nl": (_("The same in Dutch"), ""),
    "text": (_("How it is done"), ""),
    "checklist": (_("Checklist"), ""),
    "procedure": (_("Procedure"), _("Its key; it is started each time.")),
    "role": (_("Role"), ""),
    "team": (_("Or the team"), ""),
    "person": (_("Or the person"), _("What this colleague signs in as.")),
    "escalate": (_("When it is late it goes to"), ""),
    "unit": (_("It comes every"), ""),
    "every": (_("How many of these"), _("1 is each, 2 every other one.")),
    "which": (_("On"), ""),
    "weekday": (_("Weekday"), _("Of a week.")),
    "day": (_("Day of the month"), _("In a shorter month its last day.")),
    "month": (_("Month of the year"), _("1 to 12, for what comes by year.")),
    "shift": (_("On a day that is not worked"), ""),
    "starts_on": (_("From"), ""),
    "ends_on": (_("Up to"), _("Empty goes on.")),
    "lead_days": (_("Appears so many days before"), ""),
}
for _name, (_label, _hint) in _SAID.items():
    name_field(f"{_KEEP}:draft.{_name}", _label, _hint)
name_field("time", _("Duty"))
name_field("evidence", _("What shows that it is done"))
name_field("procedures.hand_duty_on:user", _("To whom"), _("What this colleague signs in as."))
name_field("procedures.retire_duties:duties", _("Duties"))
