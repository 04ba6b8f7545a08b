"""The register of documents: what expires first, and what was closed."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.people.documents import documents
from kantoor.departments.hr.web.people.words import PAPER_STATES, PAPERS, employee_url
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow

DOCUMENTS = ListView(
    key="hr.documents",
    title=_("Documents"),
    query=documents,
    columns=[
        Col(
            key="name",
            title=_("Employee"),
            kind="link",
            sort=True,
            phone="title",
            url=lambda row: employee_url(row.code),
        ),
        Col(key="title", title=_("What it is"), phone="meta"),
        Col(key="kind", title=_("Kind"), value=lambda row: PAPERS.get(row.kind, row.kind)),
        Col(key="expires_on", title=_("Good until"), kind="date", sort=True, phone="figure"),
        Col(key="state", title=_("State"), kind="status", states=PAPER_STATES),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={
                "open": _("Kept"),
                "expiring": _("Expires soon"),
                "expired": _("Expired"),
            },
        ),
        Narrow(key="employee", title=_("Employee"), kind="text", hint=_("Their number.")),
    ],
    tabs=[
        Tab(_("Kept"), {"state": "open"}),
        Tab(_("Expires soon"), {"state": "expiring"}),
        Tab(_("All")),
    ],
    sort="expires_on",
    muted=lambda row: row.state == "closed",
    bulk=[Bulk(action="hr.close_documents", parameter="documents", icon="check")],
    row_key="id",
    new="hr.add_document",
    empty=Empty(
        _("No documents"), _("Permits and diplomas that expire are kept here."), icon="file"
    ),
)
