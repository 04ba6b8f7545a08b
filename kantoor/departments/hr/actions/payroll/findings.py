"""Finding the employees that drafts name, and checking what they say."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.parties.employees import EMPLOYEE
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped


def employees_by_code(actor: Actor, codes: Iterable[str]) -> dict[str, int]:
    """The keys of employees by code; NotFound with the line of the first that isn't."""
    wanted = list(codes)
    found = scoped(actor, Party).filter(roles__role=EMPLOYEE, erased_at=None)
    if len(wanted) <= 500:
        found = found.filter(code__in=wanted)
    keys = dict(found.values_list("code", "pk"))
    for place, code in enumerate(wanted, 1):
        if code not in keys:
            message = _("There is no employee “{code}”.").format(code=code[:40])
            raise NotFound(message, field="employee", line=place)
    return keys


def whole(value: Decimal, scale: int, field: str, line: int | None = None) -> int:
    """A decimal times a scale as an integer; InvalidInput where it is none, or below nought."""
    scaled = value * scale
    if not scaled.is_finite() or scaled != scaled.to_integral_value() or not 0 <= scaled < 10**6:
        raise InvalidInput(
            _("This number is too fine, too large or below nought."), field=field, line=line
        )
    return int(scaled)
