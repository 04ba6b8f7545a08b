"""Labels of devices as PDF: one, or those of a filtered list."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.print.papers import labels_pdf
from kantoor.departments.ict.queries.devices.card import device
from kantoor.departments.ict.queries.devices.register import devices
from kantoor.kernel.pages.view import View, actor_of

MOST = 1_000


@dataclass(frozen=True, kw_only=True)
class Labels(View):
    """Labels with a QR code that opens the device's page."""

    def one(self, request: HttpRequest, number: str) -> HttpResponse:
        """The label of one device."""
        card = device(actor_of(request), number=number)
        return _pdf(labels_pdf([card.device], _base(request)), card.device.number)

    def many(self, request: HttpRequest) -> HttpResponse:
        """Sheets of labels of the latest devices, or those of a location."""
        place = request.GET.get("location", "")[:20]
        rows = devices(actor_of(request), location=place, limit=MOST).rows
        return _pdf(labels_pdf(rows, _base(request)), "labels")

    def routes(self) -> list[URLPattern]:
        """For one, and for many."""
        return [self.route("<str:number>/label", self.one), self.route("labels.pdf", self.many)]


def _base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _pdf(paper: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


LABELS = Labels(key="ict.devices", title=_("Labels"), permission="ict.read_devices", in_menu=False)
