"""Tasks of people: who does them, what is asked, by when, and who may not."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kantoor.procedures.diagrams.durations import is_duration
from kantoor.procedures.diagrams.elements import Element, Fault, FieldKind, FormField
from kantoor.procedures.diagrams.rules.looking import WAITING_TASKS, Look, at
from kantoor.procedures.diagrams.rules.naming import is_name

KINDS: tuple[FieldKind, ...] = (
    "text", "long_text", "whole", "decimal", "yes_no", "date", "choice", "person",
)  # fmt: skip
REQUESTER = "requester"


def people(look: Look) -> Iterator[Fault]:
    """Who does a task and by when."""
    for element in look.of_tags(WAITING_TASKS):
        yield from _who(look, element)
        yield from _when(look, element)
        yield from _not_by(look, element)
        if not element.name.strip():
            yield at(
                element, "name.missing",
                _("Give the task a name, so that people see what it is."), "warning",
            )  # fmt: skip


def _who(look: Look, element: Element) -> Iterator[Fault]:
    given = [one for one in (element.role, element.team, element.person) if one]
    if len(given) > 1:
        yield at(element, "person.several", _("Name a role, a team or a person: one of the three."))
    if not given:
        yield at(
            element, "person.missing",
            _("Nobody is named; who started it gets this task."), "warning",
        )  # fmt: skip
    yield from _role(look, element, element.role)
    if element.team and not look.known.team(element.team):
        yield at(element, "team.unknown", _("There is no team {team}.").format(team=element.team))


def _role(look: Look, element: Element, role: str) -> Iterator[Fault]:
    if role and not look.known.role(role):
        yield at(element, "role.unknown", _("There is no role {role}.").format(role=role))


def _when(look: Look, element: Element) -> Iterator[Fault]:
    if element.within and not is_duration(element.within, element.clock):
        yield at(
            element, "within.wrong",
            _("“{text}” is no time to do it in; write P2D for two days or PT4H for four hours.").format(
                text=element.within
            ),
        )  # fmt: skip
    if element.escalate and not element.within:
        yield at(
            element, "escalate.without_time",
            _("It says whom to tell when it is late, and not when that is; add “within”."),
        )  # fmt: skip
    yield from _role(look, element, element.escalate)
    yield from clock(element, element.clock)


def clock(element: Element, name: str) -> Iterator[Fault]:
    """A clock is one of two."""
    if name not in ("working", "always"):
        yield at(
            element, "clock.unknown",
            _("There is no clock {clock}; it is “working” or “always”.").format(clock=name),
        )  # fmt: skip


def _not_by(look: Look, element: Element) -> Iterator[Fault]:
    for name in element.not_by:
        other = look.diagram.elements.get(name)
        known = other is not None and other.tag in WAITING_TASKS and name != element.id
        if name != REQUESTER and not known:
            yield at(
                element, "not_by.unknown",
                _("“{name}” is no other task of people here, nor “requester”.").format(name=name),
            )  # fmt: skip


def fields(look: Look) -> Iterator[Fault]:
    """What is asked of people."""
    for element in look.elements:
        if not element.fields:
            continue
        if element.action:
            yield at(
                element, "field.beside_action",
                _("The form of this task is that of its action; leave out the fields."),
            )  # fmt: skip
        seen: set[str] = set()
        for field in element.fields:
            yield from _field(element, field)
            if field.name in seen:
                yield at(
                    element, "field.twice",
                    _("“{name}” is asked twice.").format(name=field.name),
                )  # fmt: skip
            seen.add(field.name)


def _field(element: Element, field: FormField) -> Iterator[Fault]:
    if not is_name(field.name):
        yield at(
            element, "name.wrong",
            _("“{name}” can't be the name of a value: letters, digits and _, none of the house's own.").format(
                name=field.name
            ),
        )  # fmt: skip
    if strange := [value for value, _label in field.choices_nl if value not in dict(field.choices)]:
        yield at(
            element, "field.choices",
            _("“{value}” is a choice of “{name}” in Dutch alone; name it in both.").format(
                value=strange[0], name=field.name
            ),
        )  # fmt: skip
    if field.kind not in KINDS:
        yield at(
            element, "field.kind",
            _("“{name}” is of no known kind; choose one of {kinds}.").format(
                name=field.name, kinds=", ".join(KINDS)
            ),
        )  # fmt: skip
    if (field.kind == "choice") != bool(field.choices):
        yield at(
            element, "field.choices",
            _("A choice has choices (a=Label|b=Label), and nothing else has; mend “{name}”.").format(
                name=field.name
            ),
        )  # fmt: skip
    if strange := [value for value, _label in field.choices_nl if value not in dict(field.choices)]:
        yield at(
            element, "field.choices",
            _("“{value}” is a choice of “{name}” in Dutch alone; name it in both.").format(
                value=strange[0], name=field.name
            ),
        )  # fmt: skip
