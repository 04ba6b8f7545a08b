"""Payslips and year statements as PDF/A, in the reader's language; the same facts, the same bytes."""

import datetime
from decimal import Decimal
from typing import Any, Literal

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import override

from kantoor.departments.hr.queries.payroll.slips import PayslipCard
from kantoor.departments.hr.queries.payroll.years import YearStatement
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.money import exponent
from kantoor.kernel.pages.typesetting import typeset

Language = Literal["nl", "en"]


def _locale(language: Language) -> str:
    return "nl" if language == "nl" else "en_GB"


def _made(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


def _amount(actor: Actor, minor: int, locale: str) -> str:
    places = exponent(actor.currency)
    value = Decimal(minor).scaleb(-places)
    pattern = f"#,##0.{'0' * places}" if places else "#,##0"
    return str(format_decimal(value, format=pattern, locale=locale))


def payslip_pdf(actor: Actor, card: PayslipCard, language: Language = "en") -> bytes:
    """A payslip: each line with its rule and source, below it what is not verified."""
    company = Company.objects.get(pk=actor.company_id).name
    locale, slip = _locale(language), card.slip
    with override(language):
        page = {
            "title": _("Payslip"),
            "company": company,
            "page": _("Page"),
            "facts": [
                (_("Employee"), f"{slip.name} ({slip.employee})"),
                (_("Month"), format_date(slip.month, "MMMM y", locale=locale)),
                (_("Run"), slip.run),
            ],
            "columns": [_("Line"), _("Month"), actor.currency],
            "lines": [
                (
                    f"{line.title} *" if line.unverified else line.title,
                    " · ".join(part for part in (line.rule, line.source) if part),
                    line.month,
                    _amount(actor, line.amount, locale),
                )
                for line in card.lines
            ],
            "totals": [
                (name, _amount(actor, value, locale))
                for name, value in (
                    (_("Gross"), slip.gross),
                    (_("Taxable"), card.taxable),
                    (_("Wage tax"), slip.tax),
                    (_("Labour credit taken into account"), card.labour_credit),
                    (_("Net"), slip.net),
                )
            ],
            "note": _("* These figures are not verified against an official example."),
        }
    return _set(page, language, slip.month)


def year_statement_pdf(actor: Actor, found: YearStatement, language: Language = "en") -> bytes:
    """A year statement (jaaropgaaf)."""
    company = Company.objects.get(pk=actor.company_id).name
    locale = _locale(language)
    with override(language):
        page = {
            "title": _("Year statement {year}").format(year=found.year),
            "company": company,
            "page": _("Page"),
            "facts": [(_("Employee"), f"{found.name} ({found.employee})")],
            "columns": [_("Line"), "", actor.currency],
            "lines": [
                (name, "", "", _amount(actor, value, locale))
                for name, value in (
                    (_("Wage for wage tax"), found.wage),
                    (_("Wage tax withheld"), found.tax),
                    (_("Labour credit taken into account"), found.labour_credit),
                    (_("Employer's health insurance levy (Zvw)"), found.zvw),
                )
            ],
            "totals": [(_("Net"), _amount(actor, found.net, locale))],
            "note": _("Corrections count in the month that they are about."),
        }
    return _set(page, language, datetime.date(found.year, 12, 31))


def _set(page: dict[str, Any], language: Language, day: datetime.date) -> bytes:
    return typeset(__package__, "slip.typ", {**page, "language": language}, _made(day))
