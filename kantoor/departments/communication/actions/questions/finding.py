"""The questions, contacts and colleagues that an act names."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.models import Contact, Question
from kantoor.departments.communication.queries.questions.numbers import read_number
from kantoor.departments.communication.queries.questions.people import handlers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped


def questions_by_number(actor: Actor, numbers: Sequence[str]) -> list[Question]:
    """The questions with these numbers, each once, to be changed. Raises NotFound."""
    wanted = {number: read_number(number) or 0 for number in numbers}
    rows = scoped(actor, Question).select_for_update(of=("self",)).select_related("contact")
    found = {row.number: row for row in rows.filter(number__in=wanted.values()).order_by("pk")}
    for place, number in enumerate(numbers, 1):
        if wanted[number] not in found:
            message = _("There is no question “{number}”.").format(number=number[:40])
            raise NotFound(message, field="number", line=place if len(numbers) > 1 else None)
    return [found[key] for key in dict.fromkeys(wanted[number] for number in numbers)]


def contacts_by_code(actor: Actor, codes: Sequence[str]) -> dict[str, Contact]:
    """The contacts with these codes; those that are empty are passed over. Raises NotFound."""
    wanted = {code for code in codes if code}
    rows = scoped(actor, Contact).filter(party__code__in=wanted).select_related("party")
    found = {row.party.code: row for row in rows} if wanted else {}
    for place, code in enumerate(codes, 1):
        if code and code not in found:
            message = _("There is no contact “{code}”.").format(code=code[:40])
            raise NotFound(message, field="contact", line=place if len(codes) > 1 else None)
    return found


def handlers_by_name(actor: Actor, names: Sequence[str]) -> dict[str, int]:
    """The users who sign in under these names and may deal with questions. Raises InvalidInput."""
    if not any(names):
        return {}
    found = {each.sign_in: each.id for each in handlers(actor)}
    for place, name in enumerate(names, 1):
        if name and name not in found:
            message = _("“{name}” does not deal with questions.").format(name=name[:40])
            raise InvalidInput(message, field="owner", line=place if len(names) > 1 else None)
    return found
