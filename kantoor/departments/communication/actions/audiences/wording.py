"""What codes, names, addresses and languages may be, the same for all that audiences are made of."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.models import Purpose
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.addresses import as_compared
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

LANGUAGES = ("", "nl", "en")
LONGEST_CODE, LONGEST_NAME, LONGEST_ADDRESS = 40, 120, 254


def checked_code(code: str, *, line: int | None = None) -> str:
    """A code of small letters, digits and hyphens. Raises InvalidInput."""
    plain = code.strip()
    if not plain or plain != slugify(plain) or len(plain) > LONGEST_CODE:
        message = _("Give a code of small letters, digits and hyphens.")
        raise InvalidInput(message, field="code", line=line)
    return plain


def checked_name(
    name: str, *, field: str = "name", most: int = LONGEST_NAME, line: int | None = None
) -> str:
    """Words on one line. Raises InvalidInput."""
    plain = " ".join(name.split())
    if not plain:
        raise InvalidInput(_("Give a name."), field=field, line=line)
    if len(plain) > most or not plain.isprintable():
        message = _("Say it in at most {most} characters, on one line.").format(most=most)
        raise InvalidInput(message, field=field, line=line)
    return plain


def checked_address(address: str, *, line: int | None = None) -> str:
    """An e-mail address in the form it is compared in. Raises InvalidInput."""
    plain = as_compared(address)
    try:
        validate_email(plain)
        if len(plain) > LONGEST_ADDRESS:
            raise ValidationError("too long")
    except ValidationError:
        message = _("“{address}” is no e-mail address.").format(address=address.strip()[:80])
        raise InvalidInput(message, field="address", line=line) from None
    return plain


def refuse_unknown_purposes(actor: Actor, purposes: Iterable[str]) -> dict[str, Purpose]:
    """The purposes of these codes that are in use. Raises UnknownAudience for the first that isn't."""
    wanted = {each for each in purposes if each}
    found = {row.code: row for row in scoped(actor, Purpose).filter(code__in=wanted, active=True)}
    for code in sorted(wanted - found.keys()):
        message = _("There is no purpose “{code}”.").format(code=code[:40])
        raise UnknownAudience(message, field="purpose")
    return found
