"""Handover sheets as pages: the sheet, its PDF, its signature, and the page on which it is signed."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.life import LARGEST_SIGNATURE, sign_handover
from kantoor.departments.ict.print.papers import handover_pdf
from kantoor.departments.ict.queries.devices.papers import Sheet, handover, handover_signature
from kantoor.departments.ict.web.devices.lists import HANDOVERS
from kantoor.departments.ict.web.devices.words import device_url, handover_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.files.files import open_file
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link, Party, Status
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact

SEALED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
DRAWN = "data:image/png;base64,"


def show(actor: Actor, sheet: Sheet) -> Thing:
    """A sheet with its devices, and the way to have it signed."""
    here = handover_url(sheet.number)
    signed = sheet.signed_at is not None
    paper = Act(gettext("PDF"), f"{here}/pdf", icon="file-type-pdf")
    sign = Act(gettext("Have it signed"), f"{here}/sign", key="s", icon="signature")
    kept = Act(gettext("See the signature"), f"{here}/signature", icon="eye")
    may = actor.may("ict.handle_devices")
    return Thing(
        title=sheet.number,
        row=sheet.id,
        state=Status("signed", gettext("Signed"), "good")
        if signed
        else Status("open", gettext("Not signed"), "wait"),
        since=sheet.signed_at,
        facts=[
            Fact(gettext("With"), Party(sheet.party_name, party_url(sheet.party), sheet.party)),
            Fact(gettext("What"), gettext("Handed out") if sheet.direction == "out" else gettext("Taken back")),
            Fact(gettext("When"), sheet.at),
            Fact(gettext("By"), sheet.who),
        ],
        document=Document(
            columns=[
                Column("device", gettext("Device"), "link", phone="title"),
                Column("model", gettext("Model"), phone="meta"),
                Column("serial", gettext("Serial number")),
                Column("condition", gettext("Condition")),
            ],
            lines=[
                Row(
                    each.device.number,
                    {
                        "device": Link(f"{each.device.number} {each.device.name}".strip(), device_url(each.device.number)),
                        "model": each.device.model,
                        "serial": each.device.serial,
                        "condition": each.condition,
                    },
                )
                for each in sheet.lines
            ],
        ),
        steps=[*([sign] if may and not signed else []), paper, *([kept] if signed else [])],
    )  # fmt: skip


HANDOVER = RecordView(
    key="ict.handovers",
    title=_("Handover sheet"),
    kind="ict.handover",
    path="<str:number>",
    find=handover,
    show=show,
)


@dataclass(frozen=True, kw_only=True)
class SheetPaper(View):
    """A sheet as PDF, and its signature as it was kept."""

    def pdf(self, request: HttpRequest, number: str) -> HttpResponse:
        """The paper, in the reader's language."""
        actor = actor_of(request)
        sheet = handover(actor, number=number)
        dutch = (get_language() or "").startswith("nl")
        answer = HttpResponse(
            handover_pdf(actor, sheet, "nl" if dutch else "en"), content_type="application/pdf"
        )
        answer["Content-Disposition"] = f'inline; filename="{sheet.number}.pdf"'
        return answer

    def signature(self, request: HttpRequest, number: str) -> HttpResponseBase:
        """The signature; its query refuses who may not see it."""
        actor = actor_of(request)
        file = handover_signature(actor, number=number)
        answer = FileResponse(
            open_file(actor, file), filename=file.name, content_type=file.media_type
        )
        answer["Content-Security-Policy"] = SEALED
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def routes(self) -> list[URLPattern]:
        """Two addresses for each sheet."""
        return [
            self.route("<str:number>/pdf", self.pdf),
            self.route("<str:number>/signature", self.signature),
        ]


class SignForm(forms.Form):
    """A signature: drawn here, or the signed paper as a scan or photo."""

    drawn = forms.CharField(required=False, max_length=4 * LARGEST_SIGNATURE // 3 + 100)
    scan = forms.FileField(required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        words = {"data-label": gettext("Sign in this box"), "data-again": gettext("Sign again")}
        self.fields["drawn"].widget = forms.HiddenInput(attrs={"data-signature": "1", **words})
        self.fields["scan"].label = gettext("Signed on paper")
        self.fields["scan"].help_text = gettext(
            "A scan or photo of the signed sheet: PDF, PNG or JPEG."
        )

    def image(self) -> tuple[Literal["screen", "paper"], bytes]:
        """How it was signed, and the picture; empty where there is none."""
        scan = self.cleaned_data.get("scan")
        if scan is not None:
            return "paper", scan.read(LARGEST_SIGNATURE + 1)
        drawn = self.cleaned_data.get("drawn", "")
        if not drawn.startswith(DRAWN):
            return "screen", b""
        try:
            return "screen", base64.b64decode(drawn.removeprefix(DRAWN), validate=True)
        except (binascii.Error, ValueError):
            return "screen", b""


@dataclass(frozen=True, kw_only=True)
class SignPage(View):
    """The page on which a person signs with a finger or mouse, or the scan is handed in."""

    def respond(self, request: HttpRequest, number: str) -> HttpResponse:
        """The form; sent, the sheet that was signed."""
        actor = actor_of(request)
        sheet = handover(actor, number=number)
        sent = request.method == "POST"
        form = SignForm(*(request.POST, request.FILES) if sent else ())
        if sent and form.is_valid():
            how, image = form.image()
            if image:
                sign_handover(actor, handover=sheet.number, how=how, image=image)
                return HttpResponseRedirect(handover_url(sheet.number))
            form.add_error("scan", gettext("Sign in the box, or give the signed paper."))
        page = FormPage(
            title=f"{force_str(self.title)}: {sheet.number}",
            form=form,
            submit=gettext("Sign"),
            intro=", ".join(
                f"{each.device.number} {each.device.model}".strip() for each in sheet.lines
            ),
            cancel_url=handover_url(sheet.number),
            breadcrumb=[Link(force_str(HANDOVERS.title), HANDOVERS.url)],
        )
        context = {"page": page, "sheet": sheet}
        status = 422 if form.errors else 200
        return render(request, "ict/hands.html", context, status=status)

    def routes(self) -> list[URLPattern]:
        """One address for each sheet."""
        return [self.route("<str:number>/sign", self.respond)]


SHEET_PAPER = SheetPaper(
    key="ict.handovers",
    title=_("Handover sheet as PDF"),
    permission="ict.read_devices",
    in_menu=False,
)
SIGN = SignPage(
    key="ict.handovers",
    title=_("Have a sheet signed"),
    permission="ict.handle_devices",
    in_menu=False,
)
