"""The style guide: every partial with realistic content, for those who build pages and for the tests."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.ui import formats
from kantoor.kernel.ui.address import Address
from kantoor.kernel.ui.cells import Status
from kantoor.kernel.ui.examples import forms, framing, lists, records, reports, todays
from kantoor.kernel.ui.palette import PaletteGroup, PaletteItem
from kantoor.kernel.ui.progress import Progress
from kantoor.kernel.ui.toasts import Toast

Show = Callable[[HttpRequest], HttpResponse]


def may_see(request: HttpRequest) -> bool:
    """Everyone while developing, administrators otherwise."""
    actor: Actor | None = getattr(request, "actor", None)
    return settings.DEBUG or (actor is not None and actor.may(MANAGE_INSTALLATION))


def guide(request: HttpRequest, page: str = "parts") -> HttpResponse:
    """A page of the style guide."""
    if not may_see(request) or page not in _PAGES:
        raise Http404
    return _PAGES[page](request)


def _framed(
    request: HttpRequest, page: str, template: str, content: object, **more: object
) -> HttpResponse:
    frame = framing.example_frame(page)
    return render(request, template, {"frame": frame, "page": content, **more})


def _parts(request: HttpRequest) -> HttpResponse:
    tones = [
        Status("quiet", _("Draft"), "quiet"), Status("info", _("Open"), "info"), Status("wait", _("Waits"), "wait"),
        Status("good", _("Paid"), "good"), Status("bad", _("Overdue"), "bad"),
    ]  # fmt: skip
    return _framed(
        request,
        "parts",
        "ui/guide/parts.html",
        None,
        title=_("Style guide"),
        tones=tones,
        colours=["ground", "rail", "sunk", "press", "line", "edge", "text-3", "text-2", "text", "accent", "good", "wait", "bad"],
        answer=lists.answer(),
        chart=todays.balance_line(),
        first=todays.first_day(),
        figures=todays.morning().figures,
        running=Progress(title=_("Posting invoices"), state="running", done=4_120, total=11_670, detail=_("About 20 seconds left.")),
        toast=Toast(_("Invoice 2011-04286 reversed by 2011-04287."), "good", _("Open it"), framing.example_url("record")),
    )  # fmt: skip


def _search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")
    record = framing.example_url("record")
    found = [
        PaletteGroup(_("Actions"), [
            PaletteItem(_("New invoice"), framing.example_url("lines"), "", "plus", "N"),
            PaletteItem(_("Close a period"), framing.example_url("form"), _("Finance"), "lock"),
            PaletteItem(_("Trial balance"), framing.example_url("report"), _("Finance"), "report"),
        ]),
        PaletteGroup(_("Invoices"), [
            PaletteItem("2011-04286", record, f"Kwekerij De Linde · {formats.money(89_964, 2, 'EUR')}", "file-invoice"),
            PaletteItem("2011-04281", record, f"Studio Zuidas · {formats.money(241_000, 2, 'EUR')}", "file-invoice"),
        ]),
        PaletteGroup(_("Customers"), [PaletteItem("Kwekerij De Linde", record, "Boskoop", "user")]),
    ]  # fmt: skip
    groups = [] if query == "zzz" else found
    return render(request, "ui/palette_results.html", {"groups": groups, "query": query})


def _sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/sign_in.html", {"page": forms.sign_in()})


_PAGES: dict[str, Show] = {
    "parts": _parts,
    "search": _search,
    "sign-in": _sign_in,
    "today": lambda r: _framed(r, "today", "ui/today.html", todays.morning()),
    "list": lambda r: _framed(r, "list", "ui/list.html", lists.invoices(Address.of(r))),
    "empty": lambda r: _framed(r, "empty", "ui/list.html", lists.nothing(Address.of(r))),
    "record": lambda r: _framed(r, "record", "ui/record.html", records.invoice()),
    "form": lambda r: _framed(r, "form", "ui/form.html", forms.faulty()),
    "lines": lambda r: _framed(r, "lines", "ui/form.html", forms.entry()),
    "draft": lambda r: HttpResponse(status=204),
    "report": lambda r: _framed(
        r, "report", "ui/report.html", reports.trial_balance(Address.of(r))
    ),
    "balance": lambda r: _framed(
        r, "balance", "ui/report.html", reports.balance_sheet(Address.of(r))
    ),
    "error": lambda r: render(r, "404.html"),
}
