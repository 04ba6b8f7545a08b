"""Cases of `payroll compute`: read strictly from JSON, refused by name where not covered."""

from dataclasses import dataclass

import msgspec
from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import NotCovered, WrongCase
from kantoor.departments.hr.reckoning.nl.parameters import AgeClass, rules_of
from kantoor.departments.hr.reckoning.nl.wage_tax import wage_tax
from kantoor.kernel.errors import DomainError

MOST_CASES = 1_000_000
FIELDS = {"country", "year", "table", "wage", "age_class", "credit"}
COUNTRY, TABLE = "NL", "white-month"


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked: the tax on a wage (cents a month) in a year, for an age class."""

    place: int
    year: int
    wage: int
    age_class: AgeClass
    credit: bool


@dataclass(frozen=True, slots=True)
class Computed:
    """The case again, with the answer in cents."""

    country: str
    year: int
    table: str
    wage: int
    age_class: str
    credit: bool
    wage_tax: int
    labour_credit: int


def read_cases(data: bytes) -> list[Case]:
    """The cases of a JSON file: a list, or an object with `cases`; a single case is one too."""
    try:
        document = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise WrongCase(_("The file is not JSON: {error}.").format(error=error)) from None
    if isinstance(document, dict):
        document = document["cases"] if set(document) == {"cases"} else [document]
    if not isinstance(document, list):
        raise WrongCase(_("The file should hold a list of cases."))
    if len(document) > MOST_CASES:
        raise WrongCase(_("At most {most} cases in one file.").format(most=MOST_CASES))
    return [_case(place, each) for place, each in enumerate(document, 1)]


def computed(case: Case) -> Computed:
    """The answer to a case; NotCovered with its place where the table has none."""
    try:
        found = wage_tax(rules_of(case.year, case.age_class), case.wage, credit=case.credit)
    except DomainError as error:
        raise _placed(error, case.place) from None
    return Computed(
        COUNTRY, case.year, TABLE, case.wage, str(case.age_class), case.credit,
        found.tax, found.labour_credit,
    )  # fmt: skip


def _placed(error: DomainError, place: int) -> DomainError:
    return type(error)(
        _("case {place}: {what}").format(place=place, what=error.message), field=error.place.field
    )


def _case(place: int, found: object) -> Case:
    try:
        return _shaped(place, found)
    except DomainError as error:
        raise _placed(error, place) from None


def _shaped(place: int, found: object) -> Case:
    if not isinstance(found, dict):
        raise WrongCase(_("A case should be an object."))
    for missing in sorted(FIELDS - set(found)):
        raise WrongCase(_("`{field}` is missing.").format(field=missing), field=missing)
    for unknown in sorted(set(found) - FIELDS):
        raise NotCovered(_("`{field}` is not known here.").format(field=unknown), field=unknown)
    if found["country"] != COUNTRY:
        raise NotCovered(_("Only NL is covered so far."), field="country")
    if found["table"] != TABLE:
        raise NotCovered(
            _("Only the table white-month is covered: no green tables, no other periods."),
            field="table",
        )
    if found["age_class"] not in list(AgeClass):
        raise NotCovered(
            _("The age class should be one of {known}.").format(known=", ".join(AgeClass)),
            field="age_class",
        )
    if not isinstance(found["credit"], bool):
        raise WrongCase(_("`credit` should be true or false."), field="credit")
    return Case(
        place, _whole(found, "year"), _whole(found, "wage"), AgeClass(found["age_class"]),
        found["credit"],
    )  # fmt: skip


def _whole(found: dict[str, object], field: str) -> int:
    value = found[field]
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongCase(
            _("`{field}` should be a whole number (amounts in cents), not {value}.").format(
                field=field, value=str(value)[:40]
            ),
            field=field,
        )
    return value
