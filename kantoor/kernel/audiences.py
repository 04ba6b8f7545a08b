"""Questions to the company about people, which departments declare and audiences are made of.

    @audience_kind(
        name="ict.device_owners",
        title=_("Owners of a device model"),
        permission="ict.read_devices",
        value=ValueRows(_("Model"), rows_of(DeviceModel), code="name"),
        meaning=_("Who holds a device of the model now."),
    )
    def device_owners(company_id: int, values: Sequence[str]) -> QuerySet[Party]:
        held = Device.objects.filter(company_id=company_id, model__name__in=values)
        return parties_in(company_id, held, "holder")

A kind is asked of many values at once, and gives one query set, of which others make one statement.
Whoever makes an audience, or looks who is in one, needs the permission of each of its kinds; who is
only reached by it needs none, so the question itself is asked without an actor.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.parties.models import Party

OFFERED = 50
"""So many values are offered at once where one types to find them."""
Find = Callable[[int, Sequence[str]], "QuerySet[Party]"]
Row = TypeVar("Row", bound=Model)


def rows_of(model: type[Row], **wanted: object) -> Callable[[int], "QuerySet[Row]"]:
    """Gives the rows of a table in a company, those for which this holds."""
    return lambda company_id: model._default_manager.filter(company_id=company_id, **wanted)


def parties_in(
    company_id: int, rows: "QuerySet[Any, Any]", column: str = "party"
) -> "QuerySet[Party]":
    """The parties that rows are about by a column: part of the same statement."""
    return Party.objects.filter(company_id=company_id, pk__in=rows.order_by().values(column))


class Offer(NamedTuple):
    """A value that can be chosen: as it is kept, and as it is shown."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class ValueRows:
    """Values that are rows of a table: `code` is the column kept, `name` the one shown.

    Where `code` is a column of integers, `digits` says so.
    """

    title: Any
    rows: Callable[[int], "QuerySet[Any, Any]"]
    code: str = "code"
    name: str = "name"
    digits: bool = False

    def offers(self, company_id: int, text: str = "") -> list[Offer]:
        """The values that hold these words, a few of them; without words the first."""
        rows = self.rows(company_id)
        if not self.digits:
            rows = rows.exclude(**{self.code: ""})
        if text:
            rows = rows.filter(
                Q(**{f"{self.code}__icontains": text}) | Q(**{f"{self.name}__icontains": text})
            )
        found = rows.order_by(self.name).values_list(self.code, self.name).distinct()
        return [Offer(str(code), str(name)) for code, name in found[:OFFERED]]

    def names(self, company_id: int, values: Iterable[str]) -> dict[str, str]:
        """What those of the values that there are are called."""
        wanted = {each for each in values if not self.digits or _is_number(each)}
        rows = self.rows(company_id).filter(**{f"{self.code}__in": sorted(wanted)})
        found = rows.values_list(self.code, self.name).distinct().order_by(self.code)
        return {str(code): str(name) for code, name in found}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9 and text == str(int(text))


@dataclass(frozen=True, slots=True)
class ValueChoice:
    """Values that are a few words of the house, such as states."""

    title: Any
    choices: Mapping[str, Any]

    def offers(self, company_id: int, text: str = "") -> list[Offer]:
        """The values whose words hold these."""
        named = [Offer(value, force_str(name)) for value, name in self.choices.items()]
        return [each for each in named if text.casefold() in each.name.casefold()]

    def names(self, company_id: int, values: Iterable[str]) -> dict[str, str]:
        """What those of the values that there are are called."""
        return {
            value: force_str(self.choices[value]) for value in set(values) if value in self.choices
        }


@dataclass(frozen=True, kw_only=True)
class AudienceKind:
    """A declared question. `value` says what it asks for, None where it asks for nothing.

    `meaning` says in a sentence whom exactly it gives.
    """

    name: str
    title: Any
    permission: str
    value: ValueRows | ValueChoice | None
    meaning: Any
    find: Find


_kinds: dict[str, AudienceKind] = {}


def audience_kind(
    *, name: str, title: object, permission: str, meaning: object,
    value: ValueRows | ValueChoice | None = None,
) -> Callable[[Find], Find]:  # fmt: skip
    """Declare a question under its full name, which stays: audiences refer to it."""

    def declare(find: Find) -> Find:
        known = _kinds.get(name)
        assert known is None or known.find.__module__ == find.__module__, name
        _kinds[name] = AudienceKind(
            name=name, title=title, permission=permission, value=value, meaning=meaning, find=find
        )
        return find

    return declare


def audience_kinds() -> tuple[AudienceKind, ...]:
    """Every kind of this installation, by name."""
    return tuple(_kinds[name] for name in sorted(_kinds))


def kinds_for(actor: Actor) -> tuple[AudienceKind, ...]:
    """The kinds that somebody may use."""
    return tuple(each for each in audience_kinds() if actor.may(each.permission))


def known_kind(name: str) -> AudienceKind | None:
    """The kind of that name, if this installation has it: its department may be left out."""
    return _kinds.get(name)


def kind_named(name: str, field: str = "kind") -> AudienceKind:
    """The kind of that name; raises NotFound."""
    found = _kinds.get(name)
    if found is None:
        message = _("There is no kind of audience “{name}”.").format(name=name[:60])
        raise NotFound(message, field=field)
    return found


def refuse_unknown_values(
    company_id: int,
    kind: AudienceKind,
    values: Sequence[str],
    *,
    field: str = "value",
    lines: Sequence[int] = (),
) -> None:
    """Raises InvalidInput for a value that the kind does not know, or that it does not ask for.

    `lines` are the places of the values, to be named with what is wrong.
    """
    known = kind.value.names(company_id, values) if kind.value is not None else {"": ""}
    for place, value in enumerate(values):
        if value in known:
            continue
        if kind.value is None:
            message = _("“{kind}” asks for nothing to be filled in.")
            said = message.format(kind=force_str(kind.title))
        else:
            message = _("There is no {what} “{value}”.")
            said = message.format(what=force_str(kind.value.title).lower(), value=value[:60])
        raise InvalidInput(said, field=field, line=lines[place] if lines else None)
