"""Values as an instance keeps them: JSON within bounds."""

from collections.abc import Mapping

import msgspec
from django.utils.translation import gettext as _

from kantoor.kernel.errors import DomainError
from kantoor.kernel.expressions import Value, marked, unmarked

MOST_BYTES = 200_000
"""What an instance may remember; lists of thousands belong to the departments."""


class TooMuchToRemember(DomainError):
    """The values of an instance are larger than it may remember."""

    code = "procedures.too_much"


def written(values: Mapping[str, Value]) -> str:
    """Values as text; raises TooMuchToRemember."""
    text = msgspec.json.encode(marked(values)).decode()
    if len(text) > MOST_BYTES:
        message = _("A procedure remembers at most {most} bytes; keep less of what actions gave.")
        raise TooMuchToRemember(message.format(most=MOST_BYTES))
    return text


def read(text: str) -> dict[str, Value]:
    """Values as they were written."""
    return {name: unmarked(value) for name, value in msgspec.json.decode(text).items()}
