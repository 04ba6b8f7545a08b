"""Vacancies, candidates and certificates as registers."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.growth.certificates import certificates, my_certificates
from kantoor.departments.hr.queries.growth.recruiting import candidates, vacancies
from kantoor.departments.hr.web.growth import words
from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow

VACANCIES = ListView(
    key="hr.vacancies",
    title=_("Vacancies"),
    query=vacancies,
    columns=[
        Col(key="title", title=_("Title"), phone="title"),
        Col(key="place", title=_("Place"), phone="meta"),
        Col(key="hours", title=_("Hours")),
        Col(key="state", title=_("State"), kind="status", states=words.VACANCY_STATES),
        Col(key="closes_on", title=_("Closes on"), kind="date"),
        Col(
            key="candidates",
            title=_("Candidates"),
            kind="number",
            phone="figure",
        ),
        Col(
            key="public",
            title=_("Public page"),
            kind="link",
            value=lambda r: _("See it") if r.state == "open" else None,
            url=lambda r: words.public_url(r.company, r.code),
        ),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={code: word for code, (word, _tone) in words.VACANCY_STATES.items()},
        )
    ],
    tabs=[Tab(_("Open"), {"state": "open"}), Tab(_("All"))],
    row_key="code",
    row_url=lambda row: url_of_action("hr.change_vacancy", {"vacancy.code": row.code}),
    muted=lambda row: row.state == "closed",
    new="hr.open_vacancy",
    bulk=[Bulk(action="hr.close_vacancies", parameter="vacancies", label=_("Close"))],
    empty=Empty(
        _("No vacancies"), _("Open one; it stands on the public page at once."), icon="briefcase"
    ),
)

CANDIDATES = ListView(
    key="hr.candidates",
    title=_("Candidates"),
    query=candidates,
    columns=[
        Col(key="applied_at", title=_("Applied"), kind="datetime", sort=True, phone="meta"),
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="vacancy_title", title=_("Vacancy")),
        Col(key="stage", title=_("Stage"), kind="status", states=words.STAGES),
        Col(key="email", title=_("E-mail")),
        Col(key="keep_until", title=_("Kept until"), kind="date"),
    ],
    narrows=[
        Narrow(
            key="stage",
            title=_("Stage"),
            choices={
                "open": _("Goes on"),
                **{code: word for code, (word, _tone) in words.STAGES.items()},
            },
        ),
        Narrow(key="vacancy", title=_("Vacancy"), kind="text"),
    ],
    tabs=[Tab(_("Goes on"), {"stage": "open"}), Tab(_("All"))],
    sort="-applied_at",
    row_url=lambda row: words.candidate_url(row.id),
    new="hr.add_candidate",
    bulk=[Bulk(action="hr.move_candidates", parameter="candidates", label=_("Move"))],
    search_hint=_("Name or e-mail"),
    empty=Empty(_("No candidates"), _("Who applies comes here."), icon="users"),
)

_CERTIFICATE = [
    Col(key="name", title=_("Certificate"), phone="title"),
    Col(key="issuer", title=_("Given by")),
    Col(key="obtained_on", title=_("Obtained"), kind="date", sort=True),
    Col(key="expires_on", title=_("Expires"), kind="date", sort=True, phone="figure"),
    Col(key="state", title=_("State"), kind="status", states=words.CERTIFICATE_STATES),
]

CERTIFICATES = ListView(
    key="hr.certificates",
    title=_("Certificates"),
    query=certificates,
    columns=[Col(key="person", title=_("Employee"), phone="meta"), *_CERTIFICATE],
    narrows=[Narrow(key="soon", title=_("Expires soon"), kind="boolean")],
    tabs=[Tab(_("All")), Tab(_("Expire soon"), {"soon": "1"})],
    sort="expires_on",
    new="hr.add_certificate",
    bulk=[Bulk(action="hr.end_certificates", parameter="certificates", label=_("End them"))],
    search_hint=_("Name of the employee"),
    empty=Empty(
        _("No certificates"), _("Add them, and be warned before they expire."), icon="certificate"
    ),
)

MY_CERTIFICATES = ListView(
    key="hr.my_certificates",
    title=_("My certificates"),
    query=my_certificates,
    columns=_CERTIFICATE,
    sort="expires_on",
    empty=Empty(_("No certificates"), _("HR adds what you obtain."), icon="certificate"),
)
