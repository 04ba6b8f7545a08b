"""The desk of everybody: requests that wait for a second person, one's jobs, one's tokens."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.registers import tokens
from kantoor.kernel.actors.requests import ApprovalShown, approval, approvals
from kantoor.kernel.errors import NotFound
from kantoor.kernel.intake.handing_in import folder
from kantoor.kernel.jobs.registers import JobRow, job, jobs
from kantoor.kernel.pages.acts import act_for, acts
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.desk import Desk, open_desk
from kantoor.kernel.pages.job_results import told
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link, Status, Tone
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.progress import Progress
from kantoor.kernel.ui.record_page import Fact
from kantoor.shell.pages.asked import facts_of, lines_of
from kantoor.shell.pages.inbox import INBOX
from kantoor.shell.pages.notices import NOTICES

REQUEST_STATES: dict[str, tuple[Any, Tone]] = {
    "waiting": (_("Waits"), "wait"),
    "approved": (_("Approved"), "good"),
    "refused": (_("Refused"), "quiet"),
    "withdrawn": (_("Taken back"), "quiet"),
}
JOB_STATES: dict[str, tuple[Any, Tone]] = {
    "waiting": (_("Waits"), "wait"),
    "running": (_("Runs"), "info"),
    "done": (_("Done"), "good"),
    "failed": (_("Stopped"), "bad"),
}

APPROVALS = ListView(
    key="today.approvals",
    title=_("Approvals"),
    query=approvals,
    columns=[
        Col(key="title", title=_("What"), phone="title"),
        Col(key="why", title=_("Why a second person")),
        Col(key="state", title=_("State"), kind="status", states=REQUEST_STATES),
        Col(key="requested_by", title=_("Asked by")),
        Col(key="requested_at", title=_("Asked"), kind="datetime", sort=True),
        Col(key="decided_by", title=_("Decided by")),
        Col(key="decided_at", title=_("Decided"), kind="datetime", default=False),
        Col(key="remark", title=_("Remark"), default=False),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={state: word for state, (word, _tone) in REQUEST_STATES.items()},
        )
    ],
    tabs=[Tab(_("All")), Tab(_("Waiting"), {"state": "waiting"})],
    sort="-requested_at",
    row_url=lambda row: f"/today/approvals/{row.id}",
    empty=Empty(
        _("Nothing to approve"),
        _("What is above somebody's limit, or asks two pairs of eyes, shows up here."),
        icon="rubber-stamp",
    ),
)


def _request(actor: Actor, shown: ApprovalShown) -> Thing:
    row = shown.row
    word, tone = REQUEST_STATES[row.state]
    request = {"approval_id": row.id}
    back = APPROVALS.url
    approve = act_for(
        actor,
        "kernel.approve_request",
        request,
        label=_("Approve"),
        at_once=True,
        tone="main",
        icon="check",
        back=back,
    )
    refuse, take_back = (
        act_for(actor, "kernel.refuse_request", request, label=label, icon="x", back=back)
        for label in (_("Refuse"), _("Take it back"))
    )
    steps: Sequence[Act | None] = [approve, refuse] if row.decidable else []
    if row.mine and row.state == "waiting":
        steps = [take_back]
    return Thing(
        title=row.title,
        row=row.id,
        state=Status(row.state, str(word), tone),
        since=row.decided_at or row.requested_at,
        note=row.remark,
        blocked=_("You asked for this yourself: someone else has to approve it.")
        if row.mine and row.state == "waiting"
        else "",
        facts=[
            Fact(gettext("Asked by"), row.requested_by),
            Fact(gettext("Asked"), row.requested_at),
            Fact(gettext("Why a second person"), row.why),
            *facts_of(actor, row.action, shown.parameters),
        ],
        document=lines_of(actor, row.action, shown.parameters),
        steps=steps,
    )


APPROVAL = RecordView(
    key="today.approvals",
    title=_("Request"),
    kind="kernel.approval",
    path="<int:approval_id>",
    find=approval,
    show=_request,
)


@page_of("kernel.approval", title=_("Request"))
def approval_pages(_actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of requests, by their number."""
    return {key: Link(key, f"/today/approvals/{key}") for key in keys}


# --- jobs

JOBS = ListView(
    key="today.jobs",
    title=_("Jobs"),
    query=jobs,
    columns=[
        Col(key="title", title=_("What"), phone="title"),
        Col(key="state", title=_("State"), kind="status", states=JOB_STATES),
        Col(key="done", title=_("Done"), kind="number"),
        Col(key="total", title=_("Of"), kind="number"),
        Col(key="message", title=_("How far"), value=lambda row: row.error or row.message),
        Col(key="user", title=_("Asked by"), default=False),
        Col(key="created_at", title=_("Asked"), kind="datetime"),
        Col(key="ended_at", title=_("Ended"), kind="datetime"),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={state: word for state, (word, _tone) in JOB_STATES.items()},
        )
    ],
    row_url=lambda row: f"/today/jobs/{row.key}",
    empty=Empty(
        _("No jobs"),
        _("Long work, such as taking in a file, runs here while you go on."),
        icon="hourglass",
    ),
)


def progress_of(row: JobRow, *, polled: bool) -> Progress:
    """A job as its page shows it, polled while it runs; then it points at what came of it."""
    url = f"/today/jobs/{row.key}"
    state: Any = row.state
    return Progress(
        title=row.title,
        state=state,
        done=row.done,
        total=row.total,
        detail=row.error or row.message,
        poll_url=f"{url}?part=progress",
        result_url=url if polled and row.state == "done" else "",
        result_label=gettext("See what came of it"),
    )


class JobView(View):
    """The page of a job; it may be left, and says so."""

    def respond(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """The page, or the part that is polled."""
        actor = actor_of(request)
        row = job(actor, key=key)
        polled = request.GET.get("part") == "progress"
        progress = progress_of(row, polled=polled)
        if polled:
            return render(request, "ui/parts/progress.html", {"progress": progress})
        result = told(actor, row.name, row.result if row.state == "done" else "")
        if request.GET.get("part") == "file":
            return _refused_file(result.file)
        page = {
            "title": row.title,
            "breadcrumb": [Link(str(JOBS.title), JOBS.url)],
            "facts": result.facts,
            "document": result.document,
            "steps": [*_steps(actor, row), *result.acts],
            "file": result.file,
        }
        return render(request, "shell/job.html", {"page": page, "progress": progress})

    def routes(self) -> list[URLPattern]:
        """Its address, with the key of the job."""
        return [self.route("<slug:key>", self.respond)]


def _steps(actor: Actor, row: JobRow) -> list[Act]:
    if row.state != "failed":
        return []
    back = f"/today/jobs/{row.key}"
    known = {"key": row.key}
    again = act_for(
        actor,
        "kernel.retry_job",
        known,
        label=_("Try again"),
        icon="refresh",
        at_once=True,
        back=back,
    )
    return acts(again)


def _refused_file(name: str) -> HttpResponseBase:
    """The file of what was refused; only from where files wait that were handed in."""
    path = Path(name).resolve()
    if not name or not path.is_relative_to(folder().resolve()) or not path.is_file():
        raise NotFound(gettext("There is no such file."))
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


JOB = JobView(key="today.jobs", title=_("Job"), in_menu=False)

TOKENS = ListView(
    key="today.tokens",
    title=_("Tokens"),
    query=tokens,
    columns=[
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="user", title=_("User")),
        Col(
            key="state",
            title=_("State"),
            kind="status",
            value=lambda row: "revoked" if row.revoked_at else "live",
            states={"live": (_("Works"), "good"), "revoked": (_("Revoked"), "quiet")},
        ),
        Col(key="scopes", title=_("May do only"), value=lambda row: ", ".join(row.scopes)),
        Col(key="created_at", title=_("Made"), kind="datetime"),
        Col(key="expires_at", title=_("Expires"), kind="datetime"),
    ],
    row_key="name",
    new="kernel.create_token",
    in_menu=False,
    empty=Empty(
        _("No tokens"),
        _("With a token a program of yours works with Kantoor's API."),
        icon="key",
    ),
)

DESK = open_desk(
    Desk(
        name="today",
        title=_("Today"),
        icon="home",
        letter="t",
        order=1,
        home="/",
        views=[INBOX, APPROVALS, APPROVAL, JOBS, JOB, TOKENS, NOTICES],
    )
)
