"""Year statements, and the wage tax of each month, as pages and PDF."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.print.papers import Language, year_statement_pdf
from kantoor.departments.hr.queries.payroll.years import (
    own_year_statement,
    wage_tax_summary,
    year_statement,
    year_statements,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.view import View, actor_of


def _years(actor: Actor) -> dict[str, str]:
    this = timezone.now().year
    return {str(year): str(year) for year in range(this, 2022, -1)}


YEAR = Narrow(key="year", title=_("Year"), choices=_years)

YEAR_STATEMENTS = ListView(
    key="hr.year_statements",
    title=_("Year statements"),
    query=year_statements,
    columns=[
        Col(key="name", title=_("Employee"), kind="party", detail="employee", phone="title"),
        Col(key="wage", title=_("Wage for wage tax"), kind="money"),
        Col(key="tax", title=_("Wage tax"), kind="money", phone="meta"),
        Col(key="labour_credit", title=_("Labour credit"), kind="money"),
        Col(key="zvw", title=_("Zvw"), kind="money", default=False),
        Col(key="net", title=_("Net"), kind="money", phone="figure"),
    ],
    narrows=[YEAR],
    row_key="employee",
    row_url=lambda row: f"/hr/year-statements/{row.year}/{row.employee}/pdf",
    empty=Empty(_("Nobody was paid in this year"), _("Choose another year."), "calendar"),
)

WAGE_TAX = ListView(
    key="hr.wage_tax",
    title=_("Wage tax by month"),
    query=wage_tax_summary,
    columns=[
        Col(key="month", title=_("Month"), phone="title"),
        Col(key="wage", title=_("Wage for wage tax"), kind="money", phone="meta"),
        Col(key="tax", title=_("Wage tax"), kind="money"),
        Col(key="premiums", title=_("Premiums (not verified)"), kind="money"),
        Col(key="total", title=_("To be paid"), kind="money", phone="figure"),
    ],
    narrows=[YEAR],
    row_key="month",
    empty=Empty(_("Nobody was paid in this year"), _("Choose another year."), "calendar"),
)


@dataclass(frozen=True, kw_only=True)
class StatementPaper(View):
    """A year statement as PDF; its query refuses who may not see it."""

    path: str
    find: Any

    def respond(self, request: HttpRequest, **parts: Any) -> HttpResponse:
        """The file."""
        actor = actor_of(request)
        found = self.find(actor, **parts)
        language: Language = "nl" if (get_language() or "en").startswith("nl") else "en"
        content = year_statement_pdf(actor, found, language)
        answer = HttpResponse(content, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="year-statement-{found.year}.pdf"'
        answer["Cache-Control"] = "no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each statement."""
        return [self.route(self.path, self.respond)]


STATEMENT = StatementPaper(
    key="hr.year_statements", title=_("Year statement"), permission="hr.see_pay", in_menu=False,
    path="<int:year>/<str:employee>/pdf", find=year_statement,
)  # fmt: skip
OWN_STATEMENT = StatementPaper(
    key="hr.my_year_statement", title=_("My year statement"), permission="hr.use_own",
    in_menu=False, path="<int:year>/pdf", find=own_year_statement,
)  # fmt: skip
