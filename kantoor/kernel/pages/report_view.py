"""Reports: a period that can be picked, figures that open what they are made of, print and files.

trial_balance = ReportView(
    key="finance.trial_balance",
    title=_("Trial balance"),
    query=queries.trial_balance,
    make=trial_balance_report,        # make(actor, period) -> Report
    first_period=queries.year_in_use, # the period when the address names none
)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from babel import dates
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.text import slugify
from django.utils.translation import gettext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages import export, report_pdf
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.queries import Query
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Cell, Link
from kantoor.kernel.ui.formats import day, reader_locale
from kantoor.kernel.ui.listing import Act, Empty
from kantoor.kernel.ui.reading import Unreadable, read_date
from kantoor.kernel.ui.report_page import (
    Choice,
    Period,
    ReportColumn,
    ReportPage,
    ReportRow,
    Verdict,
)

FORMATS = ("pdf", "csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Span:
    """The days a report is about, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Option:
    """Something else that a report is asked with, such as what to compare with.

    `values` are labels by the value in the address, or a function of the actor that gives them;
    the first one holds when the address names none.
    """

    key: str
    title: Any
    values: Mapping[str, Any] | Callable[[Actor], Mapping[str, Any]]

    def of(self, actor: Actor) -> Mapping[str, Any]:
        """The values that there are for the actor."""
        return self.values(actor) if callable(self.values) else self.values


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a report says of a period: columns of figures, and rows.

    `code_title` and `name_title` are what the first two columns are called, if not account and
    name.
    """

    columns: Sequence[ReportColumn]
    rows: Sequence[ReportRow]
    subtitle: Any = ""
    verdict: Verdict | None = None
    has_codes: bool = True
    code_title: Any = ""
    name_title: Any = ""
    main_action: Act | None = None
    empty: Empty | None = None


@dataclass(frozen=True, kw_only=True)
class ReportView(View):
    """A report. `query` is the query it rests on, whose permission it has; `make` asks it.

    With `at_end` only a closing day is asked (a balance sheet is at a day). With `options` it
    calls make(actor, period, chosen), where `chosen` are their values by key.
    """

    query: Callable[..., Any]
    make: Callable[..., Report]
    first_period: Callable[[Actor], Span | None] | None = None
    at_end: bool = False
    exports: Sequence[str] = field(default=FORMATS)
    options: Sequence[Option] = ()

    def shows_to(self, actor: Actor) -> bool:
        """Whether the actor may ask its query."""
        declared: Query = self.query.query  # type: ignore[attr-defined]
        return actor.may(self.permission or declared.permission)

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The report as a page or as a file."""
        actor = actor_of(request)
        address = Address.of(request)
        span = self.span(actor, address)
        report = self.report(actor, span, address)
        if (wanted := address.get("format")) in self.exports:
            name = f"{slugify(force_str(self.title))} {span.start} {span.end}"
            if wanted == "pdf":
                page = self.page(actor, address.drop(["format"]), span, report)
                return _paper(name, report_pdf.report_pdf(actor, page))
            return export.answer(name, _heads(report), _table(report), wanted)
        page = self.page(actor, address.drop(["format"]), span, report)
        return render(request, "ui/report.html", {"page": page})

    def report(self, actor: Actor, span: Span, address: Address) -> Report:
        """What it says of a period, with the options that the address names."""
        if not self.options:
            return self.make(actor, span)
        return self.make(actor, span, self.chosen(actor, address))

    def chosen(self, actor: Actor, address: Address) -> dict[str, str]:
        """The values of the options; one that is not known is as if it had not been said."""
        found = {}
        for option in self.options:
            values = option.of(actor)
            said = address.get(option.key)
            found[option.key] = said if said in values else next(iter(values), "")
        return found

    def _choices(self, actor: Actor, address: Address) -> list[Choice]:
        chosen = self.chosen(actor, address)
        return [
            Choice(
                option.key,
                force_str(option.title),
                [
                    (value, force_str(label), value == chosen[option.key])
                    for value, label in option.of(actor).items()
                ],
            )
            for option in self.options
            if len(option.of(actor)) > 1
        ]

    def span(self, actor: Actor, address: Address) -> Span:
        """The period that the address asks; what can't be read is as if it had not been said."""
        first = self.first_period(actor) if self.first_period else None
        today = timezone.localdate()
        usual = first or Span(today.replace(month=1, day=1), today.replace(month=12, day=31))
        start, end = _day(address.get("from")), _day(address.get("to"))
        if end is None and start is None:
            return usual
        end = end or max(usual.end, start or usual.end)
        start = start or end.replace(month=1, day=1)
        return Span(min(start, end), max(start, end))

    def page(self, actor: Actor, address: Address, span: Span, report: Report) -> ReportPage:
        """The values of the page."""
        choices = [
            (name, str(address.put("from", str(each.start)).put("to", str(each.end))), each == span)
            for name, each in (ends_near(span) if self.at_end else spans_near(span))
        ]
        return ReportPage(
            title=force_str(self.title),
            address=address,
            columns=report.columns,
            rows=report.rows,
            period=Period(
                None if self.at_end else span.start,
                span.end,
                [Link(name, url) for name, url, _now in choices],
                next((name for name, _url, now in choices if now), ""),
                self.at_end,
            ),
            subtitle=force_str(report.subtitle) or self._subtitle(actor, span),
            currency=actor.currency,
            has_codes=report.has_codes,
            code_title=_code_title(report),
            name_title=_name_title(report),
            verdict=report.verdict,
            exports=self.exports,
            main_action=report.main_action,
            choices=self._choices(actor, address),
            empty=report.empty or Empty(gettext("Nothing in this period")),
        )

    def _subtitle(self, actor: Actor, span: Span) -> str:
        amounts = gettext("amounts in %(currency)s") % {"currency": actor.currency}
        words = day(span.end)
        if not self.at_end:
            words = gettext("%(first)s to %(last)s") % {"first": day(span.start), "last": words}
        return f"{amounts} · {words}"

    def routes(self) -> list[URLPattern]:
        """Its one address."""
        return [self.route("", self.respond)]


def _paper(name: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _day(text: str) -> date | None:
    try:
        return read_date(text) if text else None
    except Unreadable:
        return None


def spans_near(span: Span) -> Iterator[tuple[str, Span]]:
    """The periods one press away: month, quarter and years around the last day shown."""
    last, locale = span.end, reader_locale()
    month = last.replace(day=1)
    yield dates.format_date(month, "LLLL", locale=locale), Span(month, _month_end(month))
    quarter = month.replace(month=3 * ((last.month - 1) // 3) + 1)
    name = dates.format_date(last, "QQQQ", locale=locale)
    yield name, Span(quarter, _month_end(quarter.replace(month=quarter.month + 2)))
    for year in (last.year - 1, last.year, last.year + 1):
        if 1900 < year < 9999:
            yield str(year), Span(date(year, 1, 1), date(year, 12, 31))


def ends_near(span: Span) -> Iterator[tuple[str, Span]]:
    """The closing days one press away: of the month, the quarter and the years around it."""
    begin = span.end.replace(month=1, day=1)
    month = _month_end(span.end)
    quarter = _month_end(span.end.replace(month=3 * ((span.end.month - 1) // 3) + 3, day=1))
    ends = {month, quarter, begin - timedelta(days=1), date(span.end.year, 12, 31)}
    for end in sorted(ends):
        yield day(end), Span(end.replace(month=1, day=1), end)


def _month_end(some: date) -> date:
    return (some.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _heads(report: Report) -> list[tuple[str, str]]:
    codes = [(_code_title(report), "text")] if report.has_codes else []
    figures = [(f"{each.title} {each.hint}".strip(), "money") for each in report.columns]
    return [*codes, (_name_title(report), "text"), *figures]


def _code_title(report: Report) -> str:
    return str(report.code_title or gettext("Account"))


def _name_title(report: Report) -> str:
    return str(report.name_title or gettext("Name"))


def _table(report: Report) -> Iterator[Sequence[Cell]]:
    for row in report.rows:
        codes = [row.code] if report.has_codes else []
        figures = list(row.figures) or [None] * len(report.columns)
        yield [*codes, row.label, *figures]
