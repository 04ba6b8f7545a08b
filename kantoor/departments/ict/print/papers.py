"""Handover sheets and labels as PDF, in the reader's language; the same facts give the same bytes."""

import datetime
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Literal

from babel.dates import format_date
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import override

from kantoor.departments.ict.queries.devices.papers import Sheet
from kantoor.departments.ict.queries.devices.register import DeviceRow
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company
from kantoor.kernel.pages.typesetting import typeset

Language = Literal["nl", "en"]
MOST_LABELS = 2_400


def handover_pdf(actor: Actor, sheet: Sheet, language: Language = "en") -> bytes:
    """The sheet as PDF/A, to be signed on paper or kept beside the signature on screen."""
    company = Company.objects.get(pk=actor.company_id)
    with override(language):
        page = _page(sheet, company.name, "nl" if language == "nl" else "en_GB")
    return typeset(__package__, "handover.typ", {**page, "language": language}, sheet.at)


def _page(sheet: Sheet, company: str, locale: str) -> dict[str, Any]:
    out = sheet.direction == "out"
    handed = _("These devices were handed to {name}, complete and working unless said otherwise.")
    taken = _("These devices were taken back from {name}.")
    promise = _(
        "They stay the property of {company}. Take good care of them, report loss or damage at"
        " once, and bring them back when you leave."
    )
    done = _("With this sheet nothing on it is in your care any longer.")
    return {
        "title": _("Handover sheet") if out else _("Return sheet"),
        "number": sheet.number,
        "company": company,
        "page": _("Page"),
        "facts": [
            (_("Name"), sheet.party_name),
            (_("Number"), sheet.party),
            (_("Date"), format_date(sheet.at.date(), "d MMMM y", locale=locale)),
        ],
        "intro": (handed if out else taken).format(name=sheet.party_name),
        "columns": [_("Number"), _("Device"), _("Serial number"), _("Condition")],
        "lines": [
            (
                each.device.number,
                f"{each.device.model} {each.device.name}".strip(),
                each.device.serial,
                each.condition,
            )
            for each in sheet.lines
        ],
        "promise": promise.format(company=company) if out else done,
        "signatures": [
            (_("For {company}").format(company=company), sheet.who),
            (_("Received") if out else _("Handed in"), sheet.party_name),
        ],
    }


def labels_pdf(rows: Sequence[DeviceRow], base: str) -> bytes:
    """Labels of devices with a QR code that opens their page under the address `base`."""
    labels = [
        {
            "number": each.number,
            "name": (each.model or each.name)[:60],
            "detail": each.serial[:40],
            "code": _code(f"{base}/ict/devices/{each.number}"),
        }
        for each in rows[:MOST_LABELS]
    ]
    page = {"title": force_str(_("Labels")), "labels": labels}
    made = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    return typeset(__package__, "labels.typ", page, made, archival=False)


def _code(text: str) -> str:
    import segno

    held = BytesIO()
    segno.make(text, error="m", micro=False).save(held, kind="svg", border=0, xmldecl=False)
    return held.getvalue().decode()
