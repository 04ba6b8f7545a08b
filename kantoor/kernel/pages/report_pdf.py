"""A report on paper: PDF with company, period, page numbers, and the signed head of the record."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import get_language, gettext

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.pages.typesetting import typeset
from kantoor.kernel.record.models import SignedHead
from kantoor.kernel.ui.cells import Money
from kantoor.kernel.ui.formats import amount
from kantoor.kernel.ui.report_page import ReportPage, ReportRow


def report_pdf(actor: Actor, page: ReportPage) -> bytes:
    """The report as a file to print or to send, in the reader's language."""
    data = {
        "company": Company.objects.get(pk=actor.company_id).name,
        "language": "nl" if (get_language() or "").startswith("nl") else "en",
        "title": page.title,
        "subtitle": page.subtitle,
        "verdict": force_str(page.verdict.text) if page.verdict else "",
        "has_codes": page.has_codes,
        "account": page.code_title,
        "columns": [f"{each.title} {each.hint}".strip() for each in page.columns],
        "rows": [_row(row, len(page.columns)) for row in page.rows],
        "page": gettext("Page"),
        "head": _head(),
    }
    made = timezone.now().astimezone(datetime.UTC)
    return typeset("kantoor.kernel.pages", "print/report.typ", data, made, archival=False)


def _row(row: ReportRow, columns: int) -> dict[str, Any]:
    figures = [_figure(each) for each in row.figures] or [""] * columns
    return {
        "code": row.code,
        "label": force_str(row.label),
        "level": row.level,
        "kind": row.kind,
        "figures": figures,
    }


def _figure(figure: Money | None) -> str:
    return "" if figure is None else amount(figure.minor, figure.exponent)


def _head() -> str:
    """The last signed head of the record: what is printed can be held against it years later."""
    found = SignedHead.objects.order_by("-size").first()
    if found is None:
        return ""
    words = gettext("Record of %(size)s acts, head %(root)s, signed with %(key)s")
    return words % {"size": found.size, "root": bytes(found.root).hex(), "key": found.key_id[:16]}
