"""Stock-takes as pages: what was counted and what is missing, and the page to scan with a phone."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.encoding import force_str
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.counting import scan_codes
from kantoor.departments.ict.queries.devices.papers import StockTakeCard, stock_take
from kantoor.departments.ict.web.devices.lists import STOCK_TAKES
from kantoor.departments.ict.web.devices.words import device_url, stock_take_url
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.view import View, actor_of
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.form_page import FormPage
from kantoor.kernel.ui.listing import Act, Column, Row
from kantoor.kernel.ui.record_page import Document, Fact, Related, Relation
from kantoor.kernel.ui.toasts import Toast, say

CAMERA = "camera=(self)"
"""Only this page asks the browser for its camera."""
SHOWN = 100


def show(actor: Actor, card: StockTakeCard) -> Thing:
    """A stock-take: the codes that were scanned, and what is missing."""
    here = stock_take_url(card.number)
    is_open = card.closed_at is None
    may = actor.may("ict.handle_devices")
    scan = Act(gettext("Scan"), f"{here}/scan", key="s", icon="search") if may else None
    close = act_for(
        actor, "ict.close_stock_take", label=_("Close it"), icon="lock", at_once=True,
        stock_take=card.number, back=here,
    )  # fmt: skip
    missing = [
        Related(
            Link(f"{each.number} {each.name}".strip(), device_url(each.number)),
            " · ".join(x for x in (each.holder_name, each.location_name) if x),
        )
        for each in card.missing[:SHOWN]
    ]
    unknown = [Related(Link(each.code, here)) for each in card.scans if not each.device]
    title = gettext("Missing (%(n)s)") % {"n": card.missing_count}
    pairs = [(title, missing), (gettext("Codes nobody knows"), unknown)]
    return Thing(
        title=f"{card.number} {card.location}".strip(),
        row=card.id,
        state=Status("open", gettext("Being counted"), "info")
        if is_open
        else Status("closed", gettext("Closed"), "quiet"),
        facts=[
            Fact(gettext("Location"), card.location or gettext("Everywhere")),
            Fact(gettext("Begun"), card.began_at),
            Fact(gettext("Counted"), len(card.scans)),
            Fact(gettext("Missing"), card.missing_count),
        ],
        document=_counted(card) if card.scans else None,
        relations=[Relation(label, items) for label, items in pairs if items],
        steps=[scan, close] if is_open else [],
    )


def _counted(card: StockTakeCard) -> Document:
    return Document(
        columns=[
            Column("device", gettext("Device"), "link", phone="title"),
            Column("code", gettext("Scanned"), phone="meta"),
            Column("at", gettext("When"), "datetime"),
        ],
        lines=[
            Row(
                str(n),
                {
                    "device": Link(f"{each.device} {each.name}".strip(), device_url(each.device))
                    if each.device
                    else None,
                    "code": each.code,
                    "at": each.at,
                },
            )
            for n, each in enumerate(card.scans)
        ],
    )


STOCK_TAKE = RecordView(
    key="ict.stock_takes",
    title=_("Stock-take"),
    kind="ict.stock_take",
    path="<str:number>",
    find=stock_take,
    show=show,
)


class ScanForm(forms.Form):
    """Codes, one a line: read by the camera, a scanner that types, or by hand."""

    codes = forms.CharField(max_length=200_000, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        field = self.fields["codes"]
        field.label = gettext("Codes")
        field.help_text = gettext("One a line: numbers of labels, or serial numbers.")
        field.widget.attrs |= {
            "autofocus": True,
            "data-scan": gettext("Scan with the camera"),
            "data-blind": gettext("There is no camera we may use; type the codes."),
        }


@dataclass(frozen=True, kw_only=True)
class ScanPage(View):
    """The page to count with."""

    def respond(self, request: HttpRequest, number: str) -> HttpResponse:
        """The form; sent, it is empty again and says how many were new."""
        actor = actor_of(request)
        card = stock_take(actor, number=number)
        sent = request.method == "POST"
        form = ScanForm(request.POST if sent else None)
        if sent and form.is_valid():
            try:
                count = scan_codes(
                    actor, stock_take=card.number, codes=form.cleaned_data["codes"].splitlines()
                )
            except DomainError as error:
                form.add_error("codes", force_str(error.message))
            else:
                words = ngettext("%(n)s more counted.", "%(n)s more counted.", count)
                say(request, Toast(words % {"n": count}))
                return HttpResponseRedirect(f"{stock_take_url(card.number)}/scan")
        page = FormPage(
            title=f"{force_str(self.title)}: {card.number}",
            form=form,
            submit=gettext("Count them"),
            intro=gettext("%(n)s counted, %(missing)s to go.")
            % {"n": len(card.scans), "missing": card.missing_count},
            cancel_url=stock_take_url(card.number),
            breadcrumb=[Link(force_str(STOCK_TAKES.title), STOCK_TAKES.url)],
        )
        answer = render(
            request, "ict/hands.html", {"page": page}, status=422 if form.errors else 200
        )
        answer["Permissions-Policy"] = CAMERA
        return answer

    def routes(self) -> list[URLPattern]:
        """One address for each stock-take."""
        return [self.route("<str:number>/scan", self.respond)]


SCAN = ScanPage(
    key="ict.stock_takes",
    title=_("Count devices"),
    permission="ict.handle_devices",
    in_menu=False,
)
