"""A task as a page: what it is about, and its form; what is done goes on from here."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import link, words_for
from kantoor.kernel.pages.view import actor_of
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact
from kantoor.procedures.actions.tasks import complete_task
from kantoor.procedures.queries.tasks import TaskShown, task
from kantoor.procedures.web import words
from kantoor.procedures.web.tasks.forms import ActionOfTask, FieldsOfTask, form_of
from kantoor.procedures.web.tasks.register import TASKS, state_of, whose
from kantoor.procedures.web.tasks.went_on import onwards

TaskForm = FieldsOfTask | ActionOfTask


@dataclass(frozen=True, kw_only=True)
class TaskView(RecordView):
    """The page of a task; what its form sends comes back to the same address."""

    def respond(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """The page; with what was sent the task is completed, or the page says what is wrong."""
        actor = actor_of(request)
        shown = task(actor, **parts)
        typed = request.POST if request.method == "POST" else None
        form = form_of(actor, shown, typed) if not shown.why_not else None
        if typed is None:
            return self._shown(request, actor, shown, form)
        if form is None:
            # Between opening it and sending it somebody else did it, or it went away.
            return self._shown(request, actor, shown, None, status=409)
        values = form.values()
        if values is not None:
            try:
                complete_task(actor, task=shown.row.id, values=values)
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return HttpResponseRedirect(onwards(request, actor, shown))
        return self._shown(request, actor, shown, form, status=422)

    def _shown(
        self,
        request: HttpRequest,
        actor: Actor,
        shown: TaskShown,
        form: TaskForm | None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        page = self.page(actor, _thing(actor, shown))
        body = {
            "page": page,
            "form_page": form.page(words.task_url(shown.row.id)) if form else None,
            "known": form.facts() if form else [],
            "shown": shown,
            "why_not": _why_not(shown, form),
            "approval_url": words.approval_url(shown.approval) if shown.approval else "",
            "here": words.task_url(shown.row.id),
        }
        return render(request, self.template, body, status=status)

    def routes(self) -> list[URLPattern]:
        """The one address of each task."""
        return [self.route(self.path, self.respond)]


def _why_not(shown: TaskShown, form: TaskForm | None) -> str:
    if shown.why_not or form is not None:
        return shown.why_not
    return gettext("This asks for something you may not do; hand it to somebody who may.")


def _thing(actor: Actor, shown: TaskShown) -> Thing:
    row = shown.row
    return Thing(
        title=row.title,
        row=row.id,
        state=_state(shown),
        since=shown.done_at or row.made_at,
        facts=_facts(actor, shown),
        steps=_steps(actor, shown),
        breadcrumb=[Link(str(TASKS.title), TASKS.url)],
    )


def _state(shown: TaskShown) -> Status:
    if not shown.open:
        return words.status(words.TASK_STATES, "done" if shown.done_by else "gone")
    return words.status(words.TASK_STATES, state_of(shown.row))


def _facts(actor: Actor, shown: TaskShown) -> list[Fact]:
    row = shown.row
    found: list[tuple[str, Any]] = [
        (gettext("About"), Link(row.instance_title, words.instance_url(row.instance))),
        (gettext("Procedure"), row.procedure),
        (gettext("Asked by"), shown.requester),
        (gettext("Because of"), _cause(actor, shown.cause)),
        (gettext("Whose"), whose(row)),
        (gettext("Due"), row.due_at),
        (gettext("Done by"), shown.done_by),
    ]
    return [Fact(label, value) for label, value in found if value not in ("", None)]


def _cause(actor: Actor, cause: str) -> Link | str:
    """What made the procedure begin, where it was no person."""
    if not cause:
        return ""
    page = link(actor, cause)
    said = words_for(cause, page)
    return Link(said, page.url) if page and page.url else said


def _steps(actor: Actor, shown: TaskShown) -> list[Act | None]:
    if not shown.open:
        return []
    row = shown.row
    here = words.task_url(row.id)
    given = {"task": row.id}
    may_hand_on = not shown.why_not or actor.may("procedures.help_along")
    return [
        act_for(actor, "procedures.claim_task", given, label=_("Take it"), icon="user-check",
                key="t", at_once=True, back=here, hint=_("So that nobody else does it meanwhile."))
        if shown.claimable else None,
        act_for(actor, "procedures.hand_task_on", given, label=_("Hand it on"), icon="arrow-right",
                back=here) if may_hand_on and not shown.approval else None,
        act_for(actor, "procedures.put_task_back", given, label=_("Put it back"),
                icon="arrow-back-up", at_once=True, back=here) if shown.returnable else None,
    ]  # fmt: skip


TASK = TaskView(
    key="procedures.tasks",
    title=_("Task"),
    kind="procedures.task",
    path="<int:task>",
    find=task,
    show=_thing,
    template="procedures/task.html",
)
