"""One's own data, and somebody's, as a file to take away."""

from dataclasses import dataclass

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.privacy.person_data import my_data, person_data
from kantoor.kernel.pages.view import View, actor_of


@dataclass(frozen=True, kw_only=True)
class MyData(View):
    """All that is kept about oneself."""

    def respond(self, request: HttpRequest) -> HttpResponseBase:
        """The archive."""
        answer = FileResponse(
            my_data(actor_of(request)), as_attachment=True, filename="my-data.zip"
        )
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


@dataclass(frozen=True, kw_only=True)
class PersonData(View):
    """All that is kept about somebody."""

    def respond(self, request: HttpRequest, party: str) -> HttpResponseBase:
        """The archive; its query refuses who may not see all of it."""
        archive = person_data(actor_of(request), party=party)
        answer = FileResponse(archive, as_attachment=True, filename=f"data-{party}.zip")
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each person."""
        return [self.route("<str:party>", self.respond)]


MY_DATA = MyData(key="hr.my_data", title=_("All my data"), permission="hr.use_own")
PERSON_DATA = PersonData(
    key="hr.data_of", title=_("All data of somebody"), permission="hr.give_data", in_menu=False
)
