"""The questions that are not one department's: who works here, parties by code, mailing lists."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import READ_AUDIENCES
from kantoor.departments.communication.models import ListMember, MailingList
from kantoor.kernel.actors.models import Grant, Role
from kantoor.kernel.audiences import ValueRows, audience_kind, parties_in, rows_of
from kantoor.kernel.parties.models import Party, PartyUser
from kantoor.kernel.parties.working import who_works_here

EVERYBODY = "communication.everybody"
MAILING_LIST = "communication.mailing_list"
PARTY = "communication.party"
_parties = rows_of(Party, erased_at=None)


@audience_kind(
    name=EVERYBODY,
    title=_("Everybody who works here"),
    permission=READ_AUDIENCES,
    meaning=_("All employees who work here today."),
)
def everybody(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Everybody who works here."""
    return who_works_here(company_id)


@audience_kind(
    name=PARTY,
    title=_("Somebody in particular"),
    permission="kernel.read_parties",
    value=ValueRows(_("Relation"), _parties),
    meaning=_("One person or organisation, by code."),
)
def party(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """The parties of these codes."""
    return _parties(company_id).filter(code__in=values)


@audience_kind(
    name=MAILING_LIST,
    title=_("Mailing list"),
    permission=READ_AUDIENCES,
    value=ValueRows(_("Mailing list"), rows_of(MailingList, active=True)),
    meaning=_("Who is on the mailing list, whether the company knows them otherwise or not."),
)
def mailing_list(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """The parties whose address is on these lists; who is no party, `resolving` finds besides."""
    on = ListMember.objects.filter(
        mailing_list__company_id=company_id, mailing_list__code__in=values
    ).exclude(subscriber__address="")
    found = _parties(company_id).annotate(written_to=Lower("email"))
    return found.filter(written_to__in=on.values("subscriber__address"))


def _roles(company_id: int) -> QuerySet[Role]:
    return Role.objects.all()


@audience_kind(
    name="communication.role",
    title=_("Role in Kantoor"),
    permission=READ_AUDIENCES,
    value=ValueRows(_("Role"), _roles, name="name_en"),
    meaning=_("Who has the role here and signs in as somebody the company knows."),
)
def role(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who has one of these roles here now."""
    held = Grant.objects.filter(
        company_id=company_id, role__code__in=values, ended_at=None, user__active=True
    )
    found = PartyUser.objects.filter(company_id=company_id, user__in=held.values("user"))
    return parties_in(company_id, found).filter(erased_at=None)
