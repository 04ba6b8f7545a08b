"""People by unit, place and manager, for audiences; and which employees are not here today."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.models import ContractVersion, Employment, Unit, UnitVersion
from kantoor.kernel.audiences import ValueRows, audience_kind, parties_in, rows_of
from kantoor.kernel.parties.models import Party
from kantoor.kernel.parties.units import finds_people_of
from kantoor.kernel.parties.working import tells_away, who_works_here

READ = "kernel.read_parties"
"""Where people work and for whom every colleague sees: no more than their names is given here."""


@tells_away
def not_here(company_id: int, on: date) -> QuerySet[Party]:
    """Who has employments, none of which is on that day: they left, or begin later."""
    all_ = Employment.objects.filter(company_id=company_id, party=OuterRef("pk"))
    open_ = Q(ends_on=None) | Q(ends_on__gte=on)
    now = all_.filter(open_, starts_on__lte=on)
    return Party.objects.filter(~Exists(now), Exists(all_), company_id=company_id)


def terms_now(company_id: int) -> QuerySet[ContractVersion]:
    """The contract versions in force today, one for each employment."""
    today = timezone.localdate()
    held = ContractVersion.objects.filter(replaced_at=None, valid_from__lte=today)
    later = held.filter(employment=OuterRef("employment"), valid_from__gt=OuterRef("valid_from"))
    open_ = Q(employment__ends_on=None) | Q(employment__ends_on__gte=today)
    found = held.filter(open_, employment__company_id=company_id)
    return found.filter(~Exists(later), employment__starts_on__lte=today)


_units = rows_of(Unit)


def _managers(company_id: int) -> QuerySet[Party]:
    return parties_in(company_id, terms_now(company_id).exclude(manager=None), "manager")


@audience_kind(
    name="hr.unit",
    title=_("Department or unit"),
    permission=READ,
    value=ValueRows(_("Unit"), _units),
    meaning=_("Who works in the unit today by contract, or in one within it."),
)
def people_of_units(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who works in these units or within them."""
    keys = _units(company_id).filter(code__in=values).values_list("pk", flat=True)
    return _in_units(company_id, set(keys))


@finds_people_of
def people_of_named_units(company_id: int, names: Sequence[str]) -> QuerySet[Party]:
    """The same by what units are called, or by their codes, without regard to case."""
    wanted = {each.casefold() for each in names}
    rows = _units(company_id).values_list("pk", "code", "name")
    return _in_units(
        company_id, {pk for pk, *said in rows if wanted & {each.casefold() for each in said}}
    )


@audience_kind(
    name="hr.place",
    title=_("Place of work"),
    permission=READ,
    value=ValueRows(_("Place"), terms_now, code="place", name="place"),
    meaning=_("Whose contract says today that they work in the place."),
)
def people_of_places(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Who works in these places."""
    return _of(company_id, terms_now(company_id).filter(place__in=values))


@audience_kind(
    name="hr.team",
    title=_("A manager's team"),
    permission=READ,
    value=ValueRows(_("Manager"), _managers),
    meaning=_("Whose manager it is by contract today; not the manager."),
)
def team_of(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Whom these manage."""
    managers = Party.objects.filter(company_id=company_id, code__in=values).values("pk")
    return _of(company_id, terms_now(company_id).filter(manager__in=managers))


@audience_kind(
    name="hr.all_below",
    title=_("All below a manager"),
    permission=READ,
    value=ValueRows(_("Manager"), _managers),
    meaning=_("A manager's team, the teams of those in it, and so on; not the manager."),
)
def all_below(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
    """Everybody for whom one of these is a manager at some distance; one statement."""
    terms, params = (
        terms_now(company_id)
        .exclude(manager=None)
        .values_list("employment__party_id", "manager_id")
        .query.sql_with_params()
    )
    slots = ", ".join(["%s"] * len(values))
    below = f"""WITH RECURSIVE led (party, manager) AS ({terms}), below (party) AS (
        SELECT led.party FROM led JOIN kernel_party boss ON boss.id = led.manager
        WHERE boss.company_id = %s AND boss.code IN ({slots})
        UNION SELECT led.party FROM led JOIN below ON led.manager = below.party
    ) SELECT party FROM below"""  # noqa: S608
    found = RawSQL(below, [*params, company_id, *values])
    return who_works_here(company_id).filter(pk__in=found).exclude(code__in=values)


def _of(company_id: int, terms: QuerySet[ContractVersion]) -> QuerySet[Party]:
    return parties_in(company_id, terms, "employment__party_id")


def _in_units(company_id: int, units: set[int]) -> QuerySet[Party]:
    """Who works in these units or in any within them today; two statements with the caller's."""
    today = timezone.localdate()
    rows = UnitVersion.objects.filter(unit__company_id=company_id, valid_from__lte=today)
    within = dict(rows.order_by("valid_from").values_list("unit_id", "within_id"))
    found = set(units)
    while fresh := {unit for unit, above in within.items() if above in found} - found:
        found |= fresh
    return _of(company_id, terms_now(company_id).filter(unit__in=found))
