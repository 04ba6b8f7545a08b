"""Who somebody is among the employees, and whom they manage: what self-service is kept to."""

from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_people import NotLinked
from kantoor.departments.hr.models import ContractVersion, Deputy, Employment
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party

OWN = (
    "SELECT p.* FROM kernel_party_user u JOIN kernel_party p ON p.id = u.party_id"
    " JOIN kernel_party_role r ON r.party_id = p.id"
    " WHERE p.company_id = %s AND u.user_id = %s AND r.role = %s AND p.erased_at IS NULL"
    " ORDER BY p.id LIMIT 1"
)
"""The employee of a company that a user signs in as."""


def own_party(actor: Actor) -> Party:
    """The party that somebody who is signed in is; raises NotLinked."""
    found = find_own_party(actor)
    if found is None:
        raise NotLinked(
            _("Your account isn't linked to an employee yet; ask HR to set your sign-in name.")
        )
    return found


def find_own_party(actor: Actor) -> Party | None:
    """The employee that somebody who is signed in is, if any."""
    if actor.user_id is None:
        return None
    # Every page asks it for the menu: in plain words, as who is signed in is read.
    found = Party.objects.raw(OWN, [actor.company_id, actor.user_id, EMPLOYEE])
    return next(iter(found), None)


def people_of(actor: Actor, on: date) -> frozenset[int]:
    """The parties that somebody manages on a day; oneself is not among them.

    Those of a manager who named them deputy for that day too. Nobody for who is no employee, or
    does not work here any more: contracts may name them until somebody else is named.
    """
    own = find_own_party(actor)
    if own is None or _has_left(own.pk):
        return frozenset()
    return people_managed_by([own.pk, *stands_in_for(own.pk, on)], on) - {own.pk}


def left_lately(actor: Actor, since: date, on: date) -> frozenset[int]:
    """The parties that left between two days, whom somebody managed on their last day.

    Who works here again is with whom manages them now. Nobody for who is no employee any more.
    """
    own = find_own_party(actor)
    if own is None or _has_left(own.pk):
        return frozenset()
    managers = [own.pk, *stands_in_for(own.pk, on)]
    versions = ContractVersion.objects.filter(
        employment__ends_on__gte=since,
        employment__ends_on__lt=on,
        replaced_at=None,
        valid_from__lte=F("employment__ends_on"),
    )
    gone = _managed(versions, managers) - {own.pk}
    again = Employment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), party_id__in=gone, starts_on__lte=on
    )
    return gone - set(again.values_list("party_id", flat=True))


def _has_left(party: int) -> bool:
    """Whether somebody worked here, and their last day is past."""
    ends = list(Employment.objects.filter(party_id=party).values_list("ends_on", flat=True))
    today = timezone.localdate()
    return bool(ends) and all(last is not None and last < today for last in ends)


def stands_in_for(party: int, on: date) -> list[int]:
    """The managers whose deputy somebody is on a day; a deputy's own deputy is not one."""
    rows = Deputy.objects.filter(
        deputy_id=party, starts_on__lte=on, ends_on__gte=on, withdrawn_at=None
    )
    return sorted(set(rows.values_list("manager_id", flat=True)))


def people_managed_by(managers: list[int], on: date) -> frozenset[int]:
    """The parties whose contract on a day names one of these as their manager."""
    versions = ContractVersion.objects.filter(
        Q(employment__ends_on=None) | Q(employment__ends_on__gte=on),
        employment__starts_on__lte=on,
        replaced_at=None,
        valid_from__lte=on,
    )
    return _managed(versions, managers)


def _managed(versions: QuerySet[ContractVersion], managers: list[int]) -> frozenset[int]:
    """The parties of employments whose latest version names one of these as the manager."""
    theirs = versions.filter(manager_id__in=managers)
    rows = versions.filter(employment_id__in=theirs.values("employment_id"))
    latest: dict[int, tuple[int, int | None]] = {}
    for employment, party, manager in rows.order_by("employment_id", "valid_from").values_list(
        "employment_id", "employment__party_id", "manager_id"
    ):
        latest[employment] = (party, manager)
    return frozenset(party for party, manager in latest.values() if manager in managers)
