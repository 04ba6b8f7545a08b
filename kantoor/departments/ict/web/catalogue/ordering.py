"""The catalogue as employees see it: what there is, and the form of what they choose."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.catalogue.asking import request_item
from kantoor.departments.ict.drafts_catalogue import RequestDraft
from kantoor.departments.ict.queries.articles.articles import suggested
from kantoor.departments.ict.queries.catalogue.items import catalogue, catalogue_item
from kantoor.departments.ict.web.cases import words as case_words
from kantoor.departments.ict.web.catalogue.form import PEOPLE, REQUESTER, OrderForm
from kantoor.departments.ict.web.catalogue.words import item_url
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.suggesting import EMPLOYEES
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link
from kantoor.kernel.ui.toasts import Toast, say

HANDLE = "ict.handle_cases"


@dataclass(frozen=True, kw_only=True)
class Catalogue(View):
    """The page at `/ict/catalogue`, and under it the form of each item."""

    def offers(self, request: HttpRequest) -> HttpResponse:
        """What can be asked for, by section, narrowed by words."""
        actor = actor_of(request)
        asked = request.GET.get("q", "")[:100]
        rows = catalogue(actor, search=asked.strip())
        sections = [
            (name, [{"row": row, "url": item_url(row.code)} for row in group])
            for name, group in groupby(rows, key=lambda row: row.section)
        ]
        context = {
            "title": force_str(self.title),
            "page": {"title": force_str(self.title)},
            "sections": sections,
            "asked": asked,
            "articles": suggested(actor, text=asked),
            "url": self.url,
            "add": act_for(actor, "ict.add_catalogue_item", icon="plus"),
            "ask": act_for(actor, "ict.ask_question", icon="headset", title=asked),
        }
        return render(request, "ict/catalogue.html", context)

    def order(self, request: HttpRequest, code: str) -> HttpResponse:
        """The form of an item; sent, the way to the request."""
        actor = actor_of(request)
        shown = catalogue_item(actor, code=code)
        for_others = actor.may(HANDLE)
        typed = request.POST if request.method == "POST" else None
        form = OrderForm(actor, shown, for_others, typed)
        if request.method == "POST" and form.is_valid():
            requester = form.cleaned_data.get(REQUESTER, "")
            draft = RequestDraft(item=code, answers=form.answers(), requester=requester)
            try:
                number = request_item(actor, request=draft)
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                said = gettext("%(number)s: we have your request.") % {"number": number}
                say(request, Toast(said))
                url = case_words.case_url if requester else case_words.question_url
                return HttpResponseRedirect(url(number))
        title = shown.item.name
        context = {
            "title": title,
            "page": {
                "title": title,
                "breadcrumb": [Link(force_str(self.title), self.url)],
            },
            "shown": shown,
            "approval": shown.role_name or force_str(case_words.APPROVALS[shown.item.approval]),
            "form": form,
            "people": EMPLOYEES.offered(actor).items() if for_others else (),
            "people_id": PEOPLE,
            "url": item_url(code),
            "back": self.url,
        }
        return render(request, "ict/order.html", context, status=422 if form.errors else 200)

    def routes(self) -> list[URLPattern]:
        """The catalogue and the forms within it."""
        return [self.route("", self.offers), self.route("<str:code>", self.order)]


CATALOGUE = Catalogue(key="ict.catalogue", title=_("Catalogue"), permission="ict.ask_help")
