"""Asking a department for something: what is offered, and the form of each."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.form_view import ShownForm
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.listing import Empty
from kantoor.kernel.ui.toasts import Toast, say
from kantoor.procedures.actions.asking import Asked, ask_service
from kantoor.procedures.department import TAKE_PART
from kantoor.procedures.queries.request_kinds import Offered, offered_request, offered_requests
from kantoor.procedures.web.asking import AskingForm, suggestions_of
from kantoor.procedures.web.service import words


@dataclass(frozen=True, kw_only=True)
class Ask(View):
    """The page at `/procedures/ask`, and under it the form of each kind of request."""

    def offers(self, request: HttpRequest) -> HttpResponse:
        """What one may ask, narrowed by words."""
        actor = actor_of(request)
        asked = request.GET.get("q", "")[:100].strip()
        context = {
            "title": force_str(self.title),
            "page": {"title": force_str(self.title)},
            "offered": [
                (each, words.ask_url(each.code), _terms(each))
                for each in offered_requests(actor, search=asked)
            ],
            "asked": asked,
            "url": self.url,
            "empty": _nothing(actor, asked),
        }
        return render(request, "procedures/service/offers.html", context)

    def form(self, request: HttpRequest, code: str) -> HttpResponse:
        """The form of a kind; sent, the way to the request or the procedure that it became."""
        actor = actor_of(request)
        found = offered_request(actor, kind=code)
        form = AskingForm(found.fields, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                made = ask_service(actor, kind=code, values=form.values())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return _sent(request, found, made)
        page = ShownForm(
            title=found.name,
            form=form,
            submit=gettext("Ask"),
            action=words.ask_url(code),
            intro=" ".join(part for part in (found.text, _terms(found)) if part),
            cancel_url=self.url,
            breadcrumb=[Link(force_str(self.title), self.url)],
            suggestions=suggestions_of(actor, found.fields),
        )
        return render(
            request, "pages/form.html", {"page": page}, status=422 if form.errors else 200
        )

    def routes(self) -> list[URLPattern]:
        """The offers, and the form of each."""
        return [self.route("", self.offers), self.route("<str:code>", self.form)]


def _terms(each: Offered) -> str:
    """Who does it, within which time, and who agrees first; in a sentence."""
    if each.procedure:
        return gettext("This starts a procedure.")
    time = words.time_of(each.within, each.clock)
    said = gettext("%(who)s does this.") % {"who": each.who}
    if time:
        said = gettext("%(who)s does this %(time)s.") % {"who": each.who, "time": time}
    if each.approver:
        said += " " + gettext("%(who)s has to agree first.") % {"who": each.approver}
    return said


def _sent(request: HttpRequest, found: Offered, made: Asked) -> HttpResponseRedirect:
    if made.request is None:
        said = gettext("“{name}” has started, as number {number}.")
        say(request, Toast(said.format(name=found.name, number=made.instance)))
        return HttpResponseRedirect(f"/procedures/instances/{made.instance}")
    said = gettext("Asked, as number {number}. You are told when it is done.")
    say(request, Toast(said.format(number=made.request)))
    return HttpResponseRedirect(words.request_url(made.request))


def _nothing(actor: Actor, asked: str) -> Empty:
    if asked:
        return Empty(gettext("Nothing by these words"), gettext("Try another word."), icon="search")
    text = gettext("What departments do for each other stands here, with the time they take.")
    act = act_for(actor, "procedures.keep_request_kind", icon="plus")
    return Empty(gettext("Nothing is offered yet"), text, act, "question-mark")


ASK = Ask(key="procedures.ask", title=_("Ask a department"), permission=TAKE_PART)
