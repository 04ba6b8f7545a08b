"""What departments offer each other as a list, and how well agreed times are kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Role
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.words import name_field
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.form_page import Section
from kantoor.procedures.engine.moments import duration_parts
from kantoor.procedures.queries.request_figures import kept_times
from kantoor.procedures.queries.request_kinds import KindRow, request_kind_codes, request_kinds
from kantoor.procedures.queries.teams import team_names
from kantoor.procedures.queries.words import said
from kantoor.procedures.web.service import words


def _change_url(row: KindRow) -> str:
    return url_of_action("procedures.keep_request_kind", {"draft.code": row.code})


KINDS = ListView(
    key="procedures.request_kinds",
    title=_("What departments offer"),
    query=request_kinds,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="name_nl", title=_("Name in Dutch"), default=False),
        Col(key="who", title=_("Who does it"), value=lambda row: row.who or row.procedure),
        Col(
            key="within", title=_("Agreed time"),
            value=lambda row: words.time_of(row.within, row.clock),
        ),
        Col(key="approver", title=_("Who agrees first")),
    ],
    narrows=[Narrow(key="retired", title=_("No more offered"), kind="boolean")],
    row_key="code",
    row_url=_change_url,
    new="procedures.keep_request_kind",
    bulk=[Bulk(action="procedures.retire_request_kinds", parameter="kinds", icon="archive")],
    empty=Empty(
        _("Nothing is offered yet"),
        _("Say what a department does for others: what it has to know, who does it, and how fast."),
        "question-mark",
    ),
)  # fmt: skip

KEPT = ListView(
    key="procedures.kept_times",
    title=_("How agreed times are kept"),
    query=kept_times,
    columns=[
        Col(key="kind", title=_("Kind"), phone="title"),
        Col(key="month", title=_("Month"), value=lambda row: f"{row.month:%m-%Y}", phone="meta"),
        Col(key="ended", title=_("Ended"), kind="number"),
        Col(key="refused", title=_("Refused"), kind="number"),
        Col(key="in_time", title=_("In time"), kind="number"),
        Col(key="late", title=_("Late"), kind="number"),
        Col(
            key="percent",
            title=_("In time, %"),
            kind="number",
            phone="figure",
        ),
    ],
    row_url=lambda row: f"/procedures/requests?kind={row.kind_code}",
    empty=Empty(_("No request has ended yet"), icon="clock"),
)


def role_choices(actor: Actor) -> dict[str, str]:
    """The roles by their codes."""
    rows = Role.objects.order_by("code")
    return {row.code: said(actor, row.name_en, row.name_nl) for row in rows}


def team_choices(actor: Actor) -> dict[str, str]:
    """The teams by their codes."""
    return team_names(actor)


def _kind_now(actor: Actor, given: Given) -> Mapping[str, Any]:
    """What stands there of the kind that the address names."""
    code = str(given.get("draft.code") or "")
    rows = request_kinds(actor, code=code) if code else []
    if not rows:
        return {}
    row = rows[0]
    time = duration_parts(row.within) if row.within else {}
    names = ("code", "name", "name_nl", "text", "text_nl", "role", "team", "clock", "approver", "procedure")  # fmt: skip
    return {
        **{f"draft.{name}": getattr(row, name) for name in names},
        "draft.days": time.get("days", 0),
        "draft.hours": time.get("hours", 0),
        "fields": [
            {
                "name": field.name, "label": field.label, "label_nl": field.label_nl,
                "kind": field.kind, "required": field.required,
                "choices": "|".join(f"{value}={label}" for value, label in field.choices),
            }
            for field in row.fields
        ]
        if not row.procedure
        else [],
    }  # fmt: skip


@page_of("procedures.request_kind", title=_("Kind of request"))
def kind_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The forms of kinds of request."""
    wanted = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
    found = request_kind_codes(actor, keys=wanted)
    return {str(pk): Link(name, words.ask_url(code)) for pk, (code, name) in found.items()}


plan(
    "procedures.keep_request_kind",
    Plan(
        choices={
            "draft.role": role_choices,
            "draft.team": team_choices,
            "draft.approver": role_choices,
            "draft.clock": words.CLOCKS,
            "fields.kind": words.FIELD_KINDS,
        },
        kinds={"draft.text": "lines_of_text", "draft.text_nl": "lines_of_text"},
        prefill=_kind_now,
        sections=[
            Section(
                _("What is offered"),
                ["draft.code", "draft.name", "draft.name_nl", "draft.text", "draft.text_nl"],
            ),
            Section(_("Who does it"), ["draft.role", "draft.team", "draft.approver"]),
            Section(_("Within which time"), ["draft.days", "draft.hours", "draft.clock"]),
            Section(
                _("Or it is a procedure"),
                ["draft.procedure"],
                _("Then the diagram says what is asked, who does what, and how fast."),
            ),
        ],
        goes_to=lambda _actor, _code: KINDS.url,
    ),
)
_REQUEST = Plan(kinds={"request": "hidden"}, in_palette=False)
for _verb in (
    "agree_to_request", "decline_request", "take_request", "put_request_back", "hand_request_on",
    "do_request", "refuse_service", "withdraw_request",
):  # fmt: skip
    plan(f"procedures.{_verb}", _REQUEST)
plan(
    "procedures.remark_on_request",
    Plan(kinds={"request": "hidden", "text": "lines_of_text"}, in_palette=False),
)
plan("procedures.do_request", Plan(kinds={"request": "hidden", "answer": "lines_of_text"}, in_palette=False))  # fmt: skip
for _verb in ("take_requests", "do_requests", "ask_service", "retire_request_kinds"):
    plan(f"procedures.{_verb}", Plan(kinds={"answer": "lines_of_text"}, in_palette=False))

_KIND = "procedures.keep_request_kind"
name_field(
    f"{_KIND}:draft.code", _("Code"), _("Lower-case letters and hyphens, such as new-chair.")
)
name_field(f"{_KIND}:draft.name", _("What one asks"))
name_field(f"{_KIND}:draft.name_nl", _("What one asks, in Dutch"))
name_field(f"{_KIND}:draft.text", _("What to know before asking"))
name_field(f"{_KIND}:draft.text_nl", _("The same in Dutch"))
name_field(f"{_KIND}:draft.role", _("Role that does it"))
name_field(f"{_KIND}:draft.team", _("Or the team that does it"))
name_field(f"{_KIND}:draft.approver", _("Role that agrees first"), _("Empty: nobody has to."))
name_field(f"{_KIND}:draft.days", _("Days"), _("0 days and 0 hours: no time is agreed."))
name_field(f"{_KIND}:draft.hours", _("Hours"))
name_field(f"{_KIND}:draft.clock", _("Counted in"))
name_field(
    f"{_KIND}:draft.procedure", _("Procedure that is started"), _("Its key, such as joiner.")
)
name_field(f"{_KIND}:fields", _("What is asked"))
name_field(f"{_KIND}:fields.name", _("Short name"))
name_field(f"{_KIND}:fields.label", _("Question"))
name_field(f"{_KIND}:fields.label_nl", _("Question in Dutch"))
name_field(f"{_KIND}:fields.required", _("Must be filled in"))
name_field(f"{_KIND}:fields.choices", _("Answers (a=First|b=Second)"))
name_field("request", _("Request"))
name_field("procedures.take_requests:requests", _("Requests"))
name_field("procedures.do_requests:requests", _("Requests"))
for _verb in ("do_request", "do_requests"):
    name_field(f"procedures.{_verb}:answer", _("What came of it"), _("Who asked reads this."))
name_field("procedures.hand_request_on:user", _("To whom"), _("What this colleague signs in as."))
name_field("procedures.ask_service:kind", _("What you ask"))
name_field("procedures.ask_service:values", _("What is filled in"))
name_field("procedures.retire_request_kinds:kinds", _("Kinds of request"))
