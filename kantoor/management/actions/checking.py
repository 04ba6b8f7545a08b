"""What several actions check: texts, people with an account, values of figures."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import visible_users
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.figures import Figure
from kantoor.management import values

LARGEST = 2**62


def said(text: str, field: str, most: int = 200) -> str:
    """A text that has to be there, without the space around it; raises InvalidInput."""
    found = text.strip()
    if not found:
        raise InvalidInput(_("Fill this in."), field=field)
    if len(found) > most:
        raise InvalidInput(_("Say it in at most {most} characters.").format(most=most), field=field)
    return found


def between(value: int, least: int, most: int, field: str) -> int:
    """A whole number within bounds; raises InvalidInput."""
    if not least <= value <= most:
        message = _("Give a number from {least} to {most}.").format(least=least, most=most)
        raise InvalidInput(message, field=field)
    return value


def people(actor: Actor, sign_ins: Sequence[str], field: str) -> list[User]:
    """The people of the company with these sign-ins, each once; raises NotFound, InvalidInput."""
    wanted = list(dict.fromkeys(each.strip().lower() for each in sign_ins if each.strip()))
    if not wanted:
        raise InvalidInput(_("Name at least one person."), field=field)
    rows = visible_users(actor).filter(sign_in__in=wanted, kind="person", active=True)
    found = {each.sign_in: each for each in rows}
    for place, name in enumerate(wanted, 1):
        if name not in found:
            message = _("There is no user “{user}” in this company.").format(user=name[:60])
            raise NotFound(message, field=field, line=place)
    return [found[name] for name in wanted]


def exact(actor: Actor, figure: Figure, value: Decimal, field: str) -> Fraction:
    """A value as somebody wrote it, as the figure has it; raises InvalidInput where it is absurd."""
    found = values.written(figure.kind, value, actor.currency)
    if abs(found.numerator) >= LARGEST or found.denominator >= LARGEST:
        raise InvalidInput(_("This is too large."), field=field)
    return found
