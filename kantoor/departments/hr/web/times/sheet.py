"""The page of a timesheet: its lines day by day, and what can be done next."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.formats.durations import clock
from kantoor.departments.hr.queries.times.sheets import (
    HourSheetLine,
    SheetShown,
    sheet_numbers,
    timesheet,
)
from kantoor.departments.hr.web.times import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, url_of_action
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact


def show(actor: Actor, shown: SheetShown) -> Thing:
    """A week of somebody."""
    row = shown.sheet
    return Thing(
        title=row.number,
        row=row.id,
        state=words.state(row.state),
        facts=_facts(shown),
        document=_lines(actor, shown),
        steps=_steps(actor, shown),
        breadcrumb=[
            Link(gettext("My timesheets"), "/hr/my-sheets")
            if shown.mine
            else Link(gettext("Hours to decide on"), "/hr/hours-to-decide")
        ],
    )


def _facts(shown: SheetShown) -> list[Fact]:
    row = shown.sheet
    found: list[tuple[str, Cell]] = [
        (gettext("Employee"), row.person),
        (gettext("Week from"), row.week),
        (gettext("Hours"), clock(row.minutes)),
        (gettext("Of which billable"), clock(row.billable)),
        (gettext("Handed in"), row.submitted_at),
        (gettext("Decided by"), shown.decided_by),
        (gettext("Decided on"), shown.decided_at),
        (gettext("Reason"), shown.why),
    ]
    return [Fact(label, value) for label, value in found if value]


def _lines(actor: Actor, shown: SheetShown) -> Document:
    row = shown.sheet
    corrects = shown.may_decide and row.state == "approved"
    columns = [
        Column("day", gettext("Day"), "date", phone="meta"),
        Column("what", gettext("What"), phone="title"),
        Column("customer", gettext("Customer")),
        Column("invoice", gettext("Invoice"), "link"),
        Column("hours", gettext("Hours"), align="end", phone="figure"),
    ]
    if corrects:
        columns.append(Column("correct", gettext("Correct"), "link"))
    return Document(
        columns=columns,
        lines=[Row(str(line.id), _cells(actor, line, corrects)) for line in shown.lines],
    )


def _cells(actor: Actor, line: HourSheetLine, corrects: bool) -> Mapping[str, Cell]:
    said = [line.project, line.text, gettext("billable") if line.billable else ""]
    given = {"corrections": [{"line": line.id, "minutes": line.minutes}]}
    sees = line.invoice and actor.may("finance.read_invoices")
    invoice = Link(line.invoice, f"/finance/invoices/{line.invoice}") if sees else line.invoice
    correct = Link(gettext("Correct"), url_of_action("hr.correct_hours", given))
    return {
        "day": line.day,
        "what": " · ".join(part for part in said if part) or "–",
        "customer": line.customer,
        "invoice": invoice or None,
        "hours": clock(line.minutes),
        **({"correct": correct if line.correctable else None} if corrects else {}),
    }


def _steps(actor: Actor, shown: SheetShown) -> list[Act | None]:
    row = shown.sheet
    here, given = words.sheet_url(row.number), {"sheet": row.number}
    week = {"week": row.week.isoformat()}
    if shown.mine and row.state in ("draft", "refused"):
        return [
            act_for(
                actor, "hr.submit_week", week, label=_("Hand it in"), icon="send", key="h",
                at_once=True, back=here,
            ),
            Act(gettext("Write on"), words.week_url(row.week), icon="pencil", key="e"),
        ]  # fmt: skip
    if shown.mine and row.state == "submitted":
        return [
            act_for(
                actor, "hr.withdraw_week", week, at_once=True, back=here, icon="arrow-back-up"
            )
        ]  # fmt: skip
    if shown.may_decide and row.state == "submitted":
        return [
            act_for(
                actor, "hr.approve_sheet", given, label=_("Approve"), icon="check", key="a",
                at_once=True, back=here,
            ),
            act_for(actor, "hr.refuse_sheet", given, label=_("Send back"), icon="x", back=here),
        ]  # fmt: skip
    return []


SHEET = RecordView(
    key="hr.timesheets",
    title=_("Timesheet"),
    kind="hr.hour_sheet",
    path="<str:number>",
    find=timesheet,
    show=show,
)


@page_of("hr.hour_sheet", title=_("Timesheet"))
def sheet_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of timesheets by the keys of their rows."""
    found = sheet_numbers(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(name, words.sheet_url(name)) for key, name in found.items()}
