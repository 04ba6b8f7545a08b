"""VAT numbers that were checked with the tax authorities, as a register."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.vat.checks import vat_checks
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url

STATES: States = {"valid": (_("In use"), "good"), "unknown": (_("Not in use"), "bad")}

VAT_CHECKS = ListView(
    key="finance.vat_checks",
    title=_("VAT numbers checked"),
    query=vat_checks,
    columns=[
        Col(key="at", title=_("At"), kind="datetime", sort=True, phone="meta"),
        Col(
            key="party",
            title=_("Relation"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(key="vat_number", title=_("VAT number"), phone="meta"),
        Col(
            key="valid",
            title=_("State"),
            kind="status",
            value=lambda row: "valid" if row.valid else "unknown",
            states=STATES,
        ),
        Col(key="consultation", title=_("Consultation number")),
    ],
    narrows=[Narrow(key="party", title=_("Relation"), kind="text")],
    sort="-at",
    row_key="consultation",
    new="finance.check_vat_numbers",
    empty=Empty(
        _("No VAT number was checked yet"),
        _("Check one before you sell without VAT to another EU country."),
    ),
)
