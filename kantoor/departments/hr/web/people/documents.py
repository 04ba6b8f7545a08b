"""The register of documents: what expires first, and what was closed."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.people.documents import documents, documents_of_my_people
from kantoor.departments.hr.web.people.words import (
    PAPER_STATES,
    PAPERS,
    document_url,
    employee_url,
    hand_in_url,
)
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.ui.listing import Act

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
        Col(key="signed_on", title=_("Signed"), kind="date"),
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
    row_url=lambda row: document_url(row.id) if row.has_copy else "",
    main=lambda actor: (
        Act(gettext("Hand in a document"), hand_in_url(), icon="paperclip", key="n")
        if actor.may("hr.manage_people")
        else None
    ),
    more=lambda actor: [act_for(actor, "hr.add_document", label=_("Add one without a copy"))],
    empty=Empty(
        _("No documents"), _("Permits and diplomas that expire are kept here."), icon="file"
    ),
)

OF_MY_PEOPLE = ListView(
    key="hr.documents_of_my_people",
    title=_("Documents of my people"),
    query=documents_of_my_people,
    columns=[
        Col(key="name", title=_("Employee"), sort=True, phone="title"),
        Col(key="title", title=_("What it is"), phone="meta"),
        Col(key="kind", title=_("Kind"), value=lambda row: PAPERS.get(row.kind, row.kind)),
        Col(key="expires_on", title=_("Good until"), kind="date", sort=True, phone="figure"),
        Col(key="state", title=_("State"), kind="status", states=PAPER_STATES),
    ],
    sort="expires_on",
    row_url=lambda row: document_url(row.id) if row.has_copy else "",
    empty=Empty(_("No documents"), _("HR says which papers a manager sees."), icon="file"),
)
