"""The questions of an audience in words, as their departments name them."""

from collections.abc import Iterable

import msgspec
from django.utils.encoding import force_str

from kantoor.departments.communication.models import AudiencePart
from kantoor.kernel.audiences import known_kind


class PartShown(msgspec.Struct, frozen=True, kw_only=True):
    """A question in words: `title` of its kind, `name` of its value, empty where it has none.

    `who` is how it is written (`hr.unit: sales`); `there` is false where the kind or its value is
    not there any more.
    """

    who: str
    title: str
    name: str
    left_out: bool
    there: bool

    @property
    def words(self) -> str:
        """Kind and value, as one reads them."""
        return f"{self.title}: {self.name}" if self.name else self.title


def parts_shown(company_id: int, parts: Iterable[AudiencePart]) -> dict[int, list[PartShown]]:
    """The parts of audiences in words, by audience; one statement for each kind with values."""
    listed = list(parts)
    wanted: dict[str, set[str]] = {}
    for part in listed:
        wanted.setdefault(part.kind, set()).add(part.value)
    names: dict[tuple[str, str], str] = {}
    for name, values in wanted.items():
        kind = known_kind(name)
        if kind is not None and kind.value is not None:
            found = kind.value.names(company_id, values)
            names |= {(name, value): said for value, said in found.items()}
    shown: dict[int, list[PartShown]] = {}
    for part in listed:
        shown.setdefault(part.audience_id, []).append(_shown(part, names))
    return shown


def written(kind: str, value: str) -> str:
    """A question as it is written in a form, and handed in."""
    return f"{kind}: {value}" if value else kind


def _shown(part: AudiencePart, names: dict[tuple[str, str], str]) -> PartShown:
    kind = known_kind(part.kind)
    name = names.get((part.kind, part.value), part.value)
    there = kind is not None and (kind.value is None or (part.kind, part.value) in names)
    return PartShown(
        who=written(part.kind, part.value),
        title=force_str(kind.title) if kind else part.kind,
        name=name,
        left_out=part.left_out,
        there=there,
    )
