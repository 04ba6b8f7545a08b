"""The management report of a month, and a dashboard, as PDF in the reader's language."""

from collections.abc import Sequence
from datetime import UTC, date
from typing import Any

from babel import dates
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import get_language, gettext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.money import half_up_ratio
from kantoor.kernel.pages.typesetting import typeset
from kantoor.kernel.ui.formats import amount, day, reader_locale
from kantoor.management.print.words import STATES
from kantoor.management.queries.report import (
    ChartLine,
    DepartmentPart,
    FigureLine,
    ManagementReport,
    ObjectivePart,
    management_report,
)

HIGHLIGHTS = (
    "finance.revenue", "finance.result", "finance.cash", "finance.receivables_overdue",
    "sales.orders", "hr.headcount", "hr.sickness", "ict.solved_in_time",
)  # fmt: skip


def month_pdf(actor: Actor, month: date | None = None) -> bytes:
    """The report of a month; raises what `management_report` raises."""
    return report_pdf(actor, management_report(actor, month=month))


def report_pdf(
    actor: Actor, report: ManagementReport, title: str = "", *, only: Sequence[str] | None = None
) -> bytes:
    """A report as a file; `only` keeps to figures of these names, for a dashboard."""
    made = timezone.localtime()
    company = Company.objects.get(pk=actor.company_id).name
    parts = [_part(each, only) for each in report.departments]
    data = {
        "company": company,
        "language": "nl" if (get_language() or "").startswith("nl") else "en",
        "title": title or gettext("Management report"),
        "month": _month(report.month),
        "span": gettext("%(first)s to %(last)s")
        % {"first": day(report.month), "last": day(report.last)},
        "made": gettext("Made on %(day)s for %(name)s, who sees what their roles allow.")
        % {"day": day(made.date()), "name": actor.name},
        "tiles": _tiles(report, only),
        "worse": [_said(each) for each in report.worse if _is_shown(each, only)],
        "better": [_said(each) for each in report.better if _is_shown(each, only)],
        "objectives": [_objective(each) for each in report.objectives],
        "parts": [each for each in parts if each["figures"]],
        "words": _words(report),
    }
    stamp = made.astimezone(UTC)
    return typeset("kantoor.management", "print/month.typ", data, stamp, archival=False)


def _is_shown(line: FigureLine, only: Sequence[str] | None) -> bool:
    """Whether a figure is asked; of the whole report those that never were anything stay out."""
    return any(line.plotted) if only is None else line.name in only


def _words(report: ManagementReport) -> dict[str, str]:
    before = date(report.month.year - 1, report.month.month, 1)
    return {
        "page": gettext("Page"),
        "summary": gettext("Summary"),
        "worse": gettext("Asks attention"),
        "better": gettext("Goes well"),
        "nothing": gettext("No figure changed much."),
        "objectives": gettext("Objectives"),
        "as_now": gettext("As they stand on %(day)s.") % {"day": day(timezone.localdate())},
        "progress": gettext("Progress"),
        "expected": gettext("Expected by now"),
        "state": gettext("State"),
        "none": gettext("No objectives went on in this month."),
        "figure": gettext("Figure"),
        "month": _short(report.month),
        "previous": gettext("Month before"),
        "change": gettext("Change"),
        "last_year": _short(before),
        "year": gettext("%(year)s so far") % {"year": report.month.year},
        "by_month": gettext("The figures behind the charts"),
        "meanings": gettext("What the figures mean"),
        "contents": gettext("Contents"),
    }


def _month(first: date) -> str:
    return str(dates.format_date(first, "LLLL y", locale=reader_locale()))


def _short(first: date) -> str:
    return str(dates.format_date(first, "LLL yy", locale=reader_locale())).replace(".", "")


def _part(part: DepartmentPart, only: Sequence[str] | None) -> dict[str, Any]:
    return {
        "title": part.title,
        "figures": [_line(each) for each in part.figures if _is_shown(each, only)],
        "charts": [_chart(each) for each in part.charts if only is None or each.name in only],
    }


def _line(line: FigureLine) -> dict[str, Any]:
    return {
        "title": line.title,
        "meaning": line.meaning,
        "month": line.shown_month,
        "previous": line.shown_previous,
        "change": line.change,
        "tone": "" if line.better is None else "good" if line.better else "bad",
        "last_year": line.shown_last_year,
        "year": line.shown_year,
    }


def _chart(chart: ChartLine) -> dict[str, Any]:
    """A chart with what is drawn of it: whole parts of its own height, and its labels."""
    places = 10**chart.decimals
    return {
        "title": chart.title,
        "kind": chart.kind,
        "unit": chart.unit,
        "labels": [_letter(each) for each in chart.months],
        "months": [_short(each) for each in chart.months],
        "values": chart.plotted,
        "direct": [_direct(each, places) for each in chart.plotted],
        "shown": [_bare(each, chart, places) for each in chart.plotted],
    }


def _letter(first: date) -> str:
    form = "LLL yy" if first.month == 1 else "LLL"
    return str(dates.format_date(first, form, locale=reader_locale())).replace(".", "")


def _direct(value: int | None, places: int) -> str:
    """A label beside a bar: thousands in short, so that it fits."""
    if value is None:
        return ""
    whole = half_up_ratio(value, places)
    if abs(whole) >= 10_000:
        return amount(half_up_ratio(value, places * 1000), 0) + "k"
    if abs(whole) >= 100 or places == 1:
        return amount(whole, 0)
    return amount(half_up_ratio(value * 10, places), 1)


def _bare(value: int | None, chart: ChartLine, places: int) -> str:
    """A value in the table behind the chart, whose row names the unit."""
    if value is None:
        return "–"
    whole = places == 100  # money, in whole units
    return amount(half_up_ratio(value, places), 0) if whole else amount(value, chart.decimals)


def _tiles(report: ManagementReport, only: Sequence[str] | None) -> list[dict[str, Any]]:
    lines = {line.name: line for part in report.departments for line in part.figures}
    found: list[dict[str, Any]] = []
    for name in HIGHLIGHTS if only is None else only:
        line = lines.get(name)
        if line is None or not _is_shown(line, only) or len(found) == len(HIGHLIGHTS):
            continue
        found.append({**_line(line), "values": line.plotted})
    return found


def _said(line: FigureLine) -> dict[str, str]:
    return {
        "title": line.title,
        "words": gettext("%(now)s, was %(before)s")
        % {"now": line.shown_month, "before": line.shown_previous},
        "change": line.change,
    }


def _objective(part: ObjectivePart) -> dict[str, Any]:
    row = part.row
    word, tone = STATES[row.state]
    return {
        "title": row.title,
        "owner": row.owner_name,
        "until": day(row.ends_on),
        "progress": _percent(row.progress),
        "part": int((row.progress or 0) * 10),
        "expected": _percent(row.expected),
        "wanted": int((row.expected or 0) * 10),
        "state": force_str(word),
        "tone": tone,
        "results": [
            {
                "title": each.title,
                "from": each.shown_start,
                "to": each.shown_target,
                "now": each.shown_now,
                "progress": _percent(each.progress),
                "state": force_str(STATES[each.state][0]),
                "tone": STATES[each.state][1],
            }
            for each in part.results
            if each.visible
        ],
    }


def _percent(value: Any) -> str:
    return "–" if value is None else f"{amount(int(value), 0)} %"
