"""Backups as pages: the cover of all that must be backed up, and one plan with its proofs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.backups.cover import (
    PlanShown,
    RunRow,
    backup_plan,
    backup_proofs,
    backup_runs,
    cover,
)
from kantoor.departments.ict.queries.backups.keys import plan_codes, proof_evidence
from kantoor.departments.ict.web.backups import words
from kantoor.departments.ict.web.cases.words import case_url
from kantoor.departments.ict.web.servers.words import server_url
from kantoor.departments.ict.web.servers.words import state as doing
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.files import open_file
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import Found, searcher
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Cell, Link, Status
from kantoor.kernel.ui.formats import moment
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation

BACKUPS = ListView(
    key="ict.backups",
    title=_("Backups"),
    query=cover,
    columns=[
        Col(key="code", title=_("Code"), sort=True, phone="meta"),
        Col(key="name", title=_("What is backed up"), sort=True, phone="title"),
        Col(key="state", title=_("State"), kind="status", states=words.STATES),
        Col(key="last_run_at", title=_("Last run"), kind="datetime"),
        Col(key="proved_at", title=_("Last proved restore"), kind="datetime", phone="figure"),
        Col(key="rpo_met", title=_("Loss promised"), kind="status", states=words.MET),
        Col(key="rto_met", title=_("Return promised"), kind="status", states=words.MET),
        Col(key="server", title=_("Server"), kind="link", url=lambda r: server_url(r.server)),
        Col(key="tool", title=_("Program"), value=lambda r: words.TOOLS[r.tool], default=False),
        Col(key="read_at", title=_("Last read whole"), kind="datetime", default=False),
    ],
    narrows=[Narrow(key="active", title=_("Expected"), kind="boolean")],
    tabs=[Tab(_("Expected"), {"active": "1"}), Tab(_("All"))],
    sort="code",
    row_url=lambda row: words.plan_url(row.code),
    muted=lambda row: not row.active,
    new="ict.plan_backup",
    search_hint=_("Code or name"),
    empty=Empty(
        _("Nothing is backed up yet"),
        _(
            "Say what has to be backed up, and how soon it must be back. Then let restic or Borg"
            " report its runs here (kantoor import backup), or let Kantoor make them itself."
        ),
        icon="database",
    ),
)

RUNS = ListView(
    key="ict.backup_runs",
    title=_("Backup runs"),
    query=backup_runs,
    columns=[
        Col(key="began_at", title=_("Began"), kind="datetime", sort=True, phone="meta"),
        Col(
            key="plan",
            title=_("Backup"),
            kind="link",
            url=lambda r: words.plan_url(r.plan),
            phone="title",
        ),
        Col(key="ok", title=_("State"), kind="status", states=words.RAN),
        Col(key="snapshot", title=_("Snapshot")),
        Col(key="files", title=_("Files"), kind="number"),
        Col(key="size", title=_("Bytes"), kind="number", phone="figure"),
        Col(key="message", title=_("Said")),
    ],
    narrows=[
        Narrow(key="plan", title=_("Backup"), kind="text"),
        Narrow(key="ok", title=_("Ran"), kind="boolean"),
    ],
    sort="-began_at",
    empty=Empty(
        _("No runs yet"),
        _(
            "Have the machine report what its backup program said (a token for"
            " ict.report_backups), or press “Make a backup now” on the page of a plan."
        ),
        icon="database",
    ),
)

PROOFS = ListView(
    key="ict.backup_proofs",
    title=_("Proofs of backups"),
    query=backup_proofs,
    columns=[
        Col(key="at", title=_("Tried"), kind="datetime", sort=True, phone="meta"),
        Col(
            key="plan",
            title=_("Backup"),
            kind="link",
            url=lambda r: words.plan_url(r.plan),
            phone="title",
        ),
        Col(key="kind", title=_("How"), value=lambda r: words.PROOFS[r.kind]),
        Col(key="ok", title=_("State"), kind="status", states=words.WENT),
        Col(key="files", title=_("Files"), kind="number"),
        Col(key="wrong", title=_("Wrong"), kind="number", phone="figure"),
        Col(key="seconds", title=_("Seconds"), kind="number"),
        Col(key="message", title=_("Outcome")),
    ],
    narrows=[
        Narrow(key="plan", title=_("Backup"), kind="text"),
        Narrow(key="kind", title=_("How"), choices=words.PROOFS),
        Narrow(key="ok", title=_("Went well"), kind="boolean"),
    ],
    sort="-at",
    row_url=lambda row: words.evidence_url(row.id),
    empty=Empty(
        _("Nothing was proved yet"),
        _("Press “Try a restore” on the page of a backup: every file is compared."),
        icon="database",
    ),
)


def show(actor: Actor, shown: PlanShown) -> Thing:
    """A plan: what holds of it, its runs, and what was proved."""
    row = shown.cover
    here = words.plan_url(row.code)
    plan = {"plan": row.code}
    steps = [
        act_for(actor, "ict.drill_restore", plan, label=_("Try a restore"), icon="refresh",
                at_once=True, back=here) if row.last_run_at else None,
        act_for(actor, "ict.start_backup", plan, label=_("Make a backup now"), icon="database",
                at_once=True, back=here) if shown.runs_here else None,
        act_for(actor, "ict.read_repository", plan, label=_("Read it whole"), icon="eye",
                at_once=True, back=here) if shown.repository or row.tool == "kantoor" else None,
        *_pruning(actor, shown, here),
        act_for(actor, "ict.change_backup_plan", {"change.code": row.code}, label=_("Change it"),
                icon="pencil", back=here),
    ]  # fmt: skip
    return Thing(
        title=row.name,
        row=row.id,
        state=words.state(row.state),
        facts=_facts(shown),
        document=_runs(shown.runs),
        relations=[_proofs(shown), _incidents(shown)],
        steps=steps,
        breadcrumb=[Link(gettext("Backups"), BACKUPS.url)],
    )


def _facts(shown: PlanShown) -> list[Fact]:
    row = shown.cover
    found: list[tuple[str, Cell]] = [
        (gettext("Code"), row.code),
        (gettext("Server"), Link(row.server, server_url(row.server)) if row.server else ""),
        (gettext("Program"), str(words.TOOLS[row.tool])),
        (gettext("Repository"), shown.repository),
        (gettext("Paths"), ", ".join(shown.paths)),
        (gettext("Expected every"), words.hours(shown.every_s)),
        (gettext("By the calendar"), shown.calendar),
        (gettext("May be late by"), words.hours(shown.grace_s)),
        (gettext("Kept for"), words.hours(shown.keep_days * 86_400)),
        (gettext("At most lost"), words.hours(row.rpo_s)),
        (gettext("That promise"), _met(row.rpo_met)),
        (gettext("Back within"), words.hours(row.rto_s)),
        (
            gettext("That came back in"),
            words.hours(row.restore_s) if row.restore_s is not None else "",
        ),
        (gettext("Last proved restore"), row.proved_at or gettext("never")),
        (gettext("Last read whole"), row.read_at or gettext("never")),
    ]
    return [Fact(label, value) for label, value in found if value]


def _pruning(actor: Actor, shown: PlanShown, here: str) -> list[Act | None]:
    """Old copies are shown first, and thrown away by who looked."""
    if not shown.runs_here or shown.cover.tool not in ("restic", "borg"):
        return []
    plan = {"plan": shown.cover.code}
    steps = [
        act_for(actor, "ict.show_pruning", plan, label=_("Show which old copies would go"),
                icon="eye", at_once=True, back=here),
    ]  # fmt: skip
    if any(each.kind == "would" and each.ok for each in shown.proofs):
        steps.append(
            act_for(actor, "ict.prune_backups", plan, label=_("Throw old copies away"),
                    icon="trash", back=here)
        )  # fmt: skip
    return steps


def _met(value: bool | None) -> Status | str:
    if value is None:
        return gettext("nothing is known of it")
    word, tone = words.MET[value]
    return Status(str(value), str(word), tone)


def _runs(runs: Sequence[RunRow]) -> Document:
    return Document(
        columns=[
            Column("began", gettext("Run"), "datetime", phone="title"),
            Column("snapshot", gettext("Snapshot"), phone="meta"),
            Column("state", gettext("State"), "status"),
            Column("files", gettext("Files"), "number"),
            Column("size", gettext("Bytes"), "number", phone="figure"),
            Column("manifest", gettext("Can be compared")),
            Column("message", gettext("Said")),
        ],
        lines=[
            Row(
                str(each.id),
                {
                    "began": each.began_at,
                    "snapshot": each.snapshot,
                    "state": _ran(each.ok),
                    "files": each.files,
                    "size": each.size,
                    "manifest": gettext("yes") if each.has_manifest else gettext("no"),
                    "message": each.message,
                },
            )
            for each in runs
        ],
    )


def _ran(ok: bool) -> Status:
    word, tone = words.RAN[ok]
    return Status(str(ok), str(word), tone)


def _proofs(shown: PlanShown) -> Relation:
    items = []
    for each in shown.proofs:
        word, tone = words.WENT[each.ok]
        title = f"{words.PROOFS[each.kind]}, {moment(each.at)}"
        link = Link(title, words.evidence_url(each.id))
        items.append(Related(link, each.message, Status(str(each.ok), str(word), tone)))
    return Relation(gettext("What was proved"), items)


def _incidents(shown: PlanShown) -> Relation:
    items = [
        Related(
            Link(row.number, case_url(row.number)),
            row.title,
            moment(row.ended_at) if row.ended_at else doing("down"),
        )
        for row in shown.incidents
    ]
    return Relation(gettext("Incidents"), items)


PLAN = RecordView(
    key="ict.backups",
    title=_("Backup"),
    kind="ict.backup_plan",
    path="<str:code>",
    find=backup_plan,
    show=show,
)


@dataclass(frozen=True, kw_only=True)
class Evidence(View):
    """The evidence of a proof, as a file to be kept."""

    def respond(self, request: HttpRequest, proof: int) -> HttpResponseBase:
        """The file; its query refuses who may not see it."""
        actor = actor_of(request)
        file = proof_evidence(actor, proof=proof)
        answer = FileResponse(
            open_file(actor, file),
            as_attachment=True,
            filename=file.name,
            content_type="text/plain",
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each proof."""
        return [self.route("<int:proof>/evidence", self.respond)]


EVIDENCE = Evidence(
    key="ict.backup_proofs", title=_("Evidence"), permission="ict.read_backups", in_menu=False
)


@page_of("ict.backup_plan", title=_("Backup"))
def plan_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of plans by their keys."""
    found = plan_codes(actor, keys=[int(key) for key in keys if key.isdigit()])
    return {str(key): Link(name, words.plan_url(code)) for key, (code, name) in found.items()}


@searcher("ict.backup_plan", title=_("Backups"), permission="ict.read_backups", icon="database")
def find_plans(actor: Actor, text: str, most: int) -> list[Found]:
    """Plans by code or name."""
    page = cover(actor, search=text.strip(), limit=most)
    return [Found(row.name, words.plan_url(row.code), row.code) for row in page.rows]
