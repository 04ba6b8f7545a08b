"""One employee: employments and contracts as they hold or were known, and what is private."""

from datetime import date, datetime

import msgspec
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_people import UnknownEmployee
from kantoor.departments.hr.models import (
    ContractVersion,
    EmergencyContact,
    Employment,
    PersonFile,
)
from kantoor.departments.hr.models.people.employment import WEEKDAYS
from kantoor.departments.hr.queries.people.documents import DocumentRow, documents_of
from kantoor.departments.hr.queries.people.own import own_party
from kantoor.departments.hr.queries.people.register import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import query, scoped

MANAGE = "hr.manage_people"


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a contract; `replaced_at` is None for what holds, or held at that moment."""

    valid_from: date
    kind: str
    until: date | None
    job_title: str
    minutes: tuple[int, int, int, int, int, int, int]
    cost_centre: str
    manager: str
    manager_name: str
    unit: str
    unit_name: str
    place: str
    cao: str
    recorded_at: datetime
    replaced_at: datetime | None


class EmploymentCard(msgspec.Struct, frozen=True, kw_only=True):
    """An employment with its versions, the latest first."""

    id: int
    starts_on: date
    ends_on: date | None
    end_reason: str
    versions: list[Version]


class Contact(msgspec.Struct, frozen=True):
    """Whom to call."""

    name: str
    relation: str
    phone: str


class Private(msgspec.Struct, frozen=True, kw_only=True):
    """What only who manages people may see of somebody, and they themselves."""

    birth_date: date | None
    national_kind: str
    national_number: str
    iban: str
    street: str
    postcode: str
    city: str
    country: str
    private_phone: str
    private_email: str
    contacts: list[Contact]
    documents: list[DocumentRow]


class EmployeeCard(msgspec.Struct, frozen=True, kw_only=True):
    """An employee; `private` is None for who may not see it."""

    id: int
    code: str
    name: str
    email: str
    phone: str
    employments: list[EmploymentCard]
    private: Private | None


@query(permission=READ, title=_("An employee"), exposed=True)
def employee(actor: Actor, /, *, code: str, known_at: datetime | None = None) -> EmployeeCard:
    """One employee by their number, with every employment. Raises UnknownEmployee.

    `known_at` shows the contracts as they were known at a moment; without it, what holds now and
    what was replaced.
    """
    party = scoped(actor, Party).filter(code=code, roles__role=EMPLOYEE, erased_at=None).first()
    if party is None:
        message = _("There is no employee “{code}”.").format(code=code[:40])
        raise UnknownEmployee(message, field="code")
    return _card(party, private=actor.may(MANAGE), known_at=known_at)


@query(permission="hr.use_own", title=_("My file"), exposed=True)
def my_file(actor: Actor, /) -> EmployeeCard:
    """One's own file. Raises NotLinked for an account that is no employee's."""
    return _card(own_party(actor), private=True, known_at=None, by_hr=False)


def _card(
    party: Party, *, private: bool, known_at: datetime | None, by_hr: bool = True
) -> EmployeeCard:
    return EmployeeCard(
        id=party.pk,
        code=party.code,
        name=party.name,
        email=party.email,
        phone=party.phone,
        employments=_employments(party, known_at),
        private=_private(party, by_hr) if private else None,
    )


def _employments(party: Party, at: datetime | None) -> list[EmploymentCard]:
    rows = Employment.objects.filter(party=party)
    versions = ContractVersion.objects.filter(employment__party=party)
    if at is not None:
        rows = rows.filter(recorded_at__lte=at)
        versions = versions.filter(Q(replaced_at=None) | Q(replaced_at__gt=at), recorded_at__lte=at)
    of: dict[int, list[Version]] = {}
    ordered = versions.select_related("manager", "unit").order_by("-valid_from", "-pk")
    for each in ordered:
        of.setdefault(each.employment_id, []).append(_version(each, at))
    shown = []
    for row in rows.order_by("-starts_on"):
        ended = at is None or row.end_recorded_at is None or row.end_recorded_at <= at
        shown.append(
            EmploymentCard(
                id=row.pk,
                starts_on=row.starts_on,
                ends_on=row.ends_on if ended else None,
                end_reason=row.end_reason if ended else "",
                versions=of.get(row.pk, []),
            )
        )
    return shown


def _version(row: ContractVersion, at: datetime | None) -> Version:
    mon, tue, wed, thu, fri, sat, sun = (getattr(row, weekday) for weekday in WEEKDAYS)
    return Version(
        valid_from=row.valid_from,
        kind=row.kind,
        until=row.until,
        job_title=row.job_title,
        minutes=(mon, tue, wed, thu, fri, sat, sun),
        cost_centre=row.cost_centre,
        manager=row.manager.code if row.manager else "",
        manager_name=row.manager.name if row.manager else "",
        unit=row.unit.code if row.unit else "",
        unit_name=row.unit.name if row.unit else "",
        place=row.place,
        cao=row.cao,
        recorded_at=row.recorded_at,
        replaced_at=row.replaced_at if at is None else None,
    )


def _private(party: Party, by_hr: bool) -> Private | None:
    file = PersonFile.objects.filter(party=party).first()
    if file is None:
        return None
    contacts = EmergencyContact.objects.filter(party=party).order_by("place")
    return Private(
        birth_date=file.birth_date,
        national_kind=file.national_kind,
        national_number=file.national_number,
        iban=file.iban,
        street=file.street,
        postcode=file.postcode,
        city=file.city,
        country=file.country,
        private_phone=file.private_phone,
        private_email=file.private_email,
        contacts=[Contact(each.name, each.relation, each.phone) for each in contacts],
        documents=documents_of(party.pk, by_hr=by_hr),
    )
