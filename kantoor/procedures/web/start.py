"""The procedures that one may start, each with the form of its start."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.form_view import ShownForm
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.listing import Act, Empty
from kantoor.kernel.ui.toasts import Toast, say
from kantoor.procedures.actions.starting import start_procedure
from kantoor.procedures.department import MANAGE, START
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.queries.procedures import Startable, startable
from kantoor.procedures.queries.tasks import tasks_left
from kantoor.procedures.web import words
from kantoor.procedures.web.asking import AskingForm, suggestions_of


@dataclass(frozen=True, kw_only=True)
class Start(View):
    """The page at `/procedures/start`, and under it the form of each procedure."""

    def offers(self, request: HttpRequest) -> HttpResponse:
        """What one may start."""
        actor = actor_of(request)
        context = {
            "title": force_str(self.title),
            "page": {"title": force_str(self.title)},
            "offered": [(each.name, words.start_url(each.key)) for each in startable(actor)],
            "empty": _nothing(actor),
        }
        return render(request, "procedures/start.html", context)

    def start(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form; sent, the way to the first task, or to where the procedure waits."""
        actor = actor_of(request)
        found = _startable(actor, key)
        form = AskingForm(found.fields, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                number = start_procedure(actor, procedure=key, values=form.values())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return _started(request, actor, found, number)
        page = ShownForm(
            title=found.name,
            form=form,
            submit=gettext("Start"),
            action=words.start_url(key),
            intro="" if found.fields else gettext("Nothing has to be filled in to start this."),
            cancel_url=self.url,
            breadcrumb=[Link(force_str(self.title), self.url)],
            suggestions=suggestions_of(actor, found.fields),
        )
        return render(
            request, "pages/form.html", {"page": page}, status=422 if form.errors else 200
        )

    def routes(self) -> list[URLPattern]:
        """The offers, and the form of each."""
        return [self.route("", self.offers), self.route("<str:key>", self.start)]


def _startable(actor: Actor, key: str) -> Startable:
    found = next((each for each in startable(actor) if each.key == key), None)
    if found is None:
        raise UnknownProcedure(gettext("There is no such procedure that you may start."))
    return found


def _started(
    request: HttpRequest, actor: Actor, found: Startable, number: int
) -> HttpResponseRedirect:
    """To the first task where it is one's own; else to the instance."""
    said = gettext("“{name}” has started, as number {number}.")
    say(request, Toast(said.format(name=found.name, number=number)))
    mine = tasks_left(actor, instance=number)
    return HttpResponseRedirect(words.task_url(mine[0].id) if mine else words.instance_url(number))


def _nothing(actor: Actor) -> Empty:
    if actor.may(MANAGE):
        text = gettext("Bring in a BPMN diagram and publish it, or draw one here.")
        act = Act(gettext("Bring in a diagram"), "/procedures/import", icon="upload")
        return Empty(gettext("There is nothing to start yet"), text, act, "sitemap")
    text = gettext("Who manages procedures publishes what may be started, and says by whom.")
    return Empty(gettext("There is nothing to start yet"), text, icon="sitemap")


START_PAGE = Start(key="procedures.start", title=_("Start"), permission=START)
