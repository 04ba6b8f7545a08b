"""A diagram as a page shows it: the drawing, and beside it the same as a list of steps.

The list is what the drawing's script reads, and what one has without scripts or without seeing:
each step with where it stands, how often it was passed, and how long it takes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kantoor.procedures.diagrams.elements import Diagram, Element, Fault
from kantoor.procedures.queries.procedures import StepTime
from kantoor.procedures.web.kinds import kind_of

Stand = Literal["", "passed", "waiting", "failed", "faulty"]
SHORTEST = 60
"""Seconds; what takes less is never hot."""
HOTTEST = 4
"""Steps of heat: 4 is the bottleneck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStep:
    """A step: its words, where it stands, and its figures as text.

    `badge` is what is written on the drawing, `heat` 0 to 4, `url` what it opens (empty: nothing).
    """

    element: str
    name: str
    kind: str
    stand: Stand = ""
    stand_words: str = ""
    badge: str = ""
    figures: str = ""
    heat: int = 0
    notes: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What `procedures/drawing.html` shows; `xml_url` answers the file, and with
    `?shown=1` the diagram in the reader's language."""

    title: str
    xml_url: str
    steps: tuple[DrawnStep, ...]
    hottest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of a diagram besides the diagram itself, by element."""

    stands: Mapping[str, Stand] = field(default_factory=dict)
    times: Mapping[str, StepTime] = field(default_factory=dict)
    faults: Iterable[Fault] = ()
    url_of: Callable[[Element], str] = lambda _element: ""


def drawing_of(diagram: Diagram, *, language: str, xml_url: str, shown: Shown) -> Drawing:
    """The drawing of a diagram with where an instance stands, times of its steps, or its faults."""
    notes: dict[str, list[str]] = {}
    for fault in shown.faults:
        notes.setdefault(fault.element, []).append(fault.message)
    slowest = max((time.average_s for time in shown.times.values()), default=0)
    steps = [
        _step(element, language, shown, tuple(notes.get(element.id, ())), slowest)
        for element in in_order(diagram)
        if _is_listed(element, shown) or element.id in notes
    ]
    steps += [
        DrawnStep(element=flow.id, name=flow.name or _("Flow"), kind=_("flow"), stand="faulty",
                  stand_words=_("Can't run"), notes=tuple(notes[flow.id]))
        for flow in diagram.flows.values()
        if flow.id in notes
    ]  # fmt: skip
    return Drawing(
        title=name_of(diagram, language),
        xml_url=xml_url,
        steps=tuple(steps),
        hottest=any(step.heat for step in steps),
    )


def name_of(named: Element | Diagram, language: str) -> str:
    """A name in the reader's language, else in the other."""
    first, second = named.name, named.name_nl
    if language == "nl":
        first, second = second, first
    return " ".join((first or second).split())


def in_order(diagram: Diagram) -> list[Element]:
    """The elements as one comes to them from the start: each after all that lead to it.

    Where ways go back, the way there counts; what no way leads to comes last.
    """
    following = _following(diagram)
    starts = [one.id for one in diagram.elements.values() if _begins(one)]
    first = [one for one in starts if diagram.elements[one].parent == diagram.process]
    left: list[str] = []
    seen: set[str] = set()
    for root in reversed(first):
        _leave(root, following, seen, left)
    apart = [one for one in diagram.elements if one not in seen]
    return [diagram.elements[one] for one in (*reversed(left), *apart)]


def _following(diagram: Diagram) -> dict[str, list[str]]:
    """What comes after each element, in the order to be looked at: the last first."""
    following: dict[str, list[str]] = {one: [] for one in diagram.elements}
    for flow in diagram.flows.values():
        if flow.source in following and flow.target in following:
            following[flow.source].append(flow.target)
    for element in diagram.elements.values():
        if element.attached_to in following:
            following[element.attached_to].append(element.id)
            if element.handler in following:
                following[element.id].append(element.handler)
    for element in sorted(diagram.elements.values(), key=_begins):
        if element.parent in following:
            following[element.parent].insert(0, element.id)
    return {one: after[::-1] for one, after in following.items()}


def _leave(root: str, following: Mapping[str, list[str]], seen: set[str], left: list[str]) -> None:
    """Walk all that comes after an element, noting each when nothing after it is left to see."""
    if root in seen:
        return
    seen.add(root)
    work = [(root, iter(following[root]))]
    while work:
        name, after = work[-1]
        for each in after:
            if each not in seen:
                seen.add(each)
                work.append((each, iter(following[each])))
                break
        else:
            left.append(name)
            work.pop()


def _begins(element: Element) -> bool:
    return element.tag == "startEvent"


def _is_listed(element: Element, shown: Shown) -> bool:
    """Gateways are passed in no time: they are listed where they have something to say.

    Where an instance stands, what would undo a step is listed once it did.
    """
    if element.tag.endswith("Gateway"):
        return bool(shown.stands.get(element.id) in ("waiting", "failed"))
    if element.trigger == "compensation" or element.compensates:
        return not shown.stands or element.id in shown.stands
    return True


def _step(
    element: Element, language: str, shown: Shown, notes: tuple[str, ...], slowest: int
) -> DrawnStep:
    stand: Stand = shown.stands.get(element.id, "")
    if notes and not stand:
        stand = "faulty"
    time = shown.times.get(element.id)
    kind = kind_of(element)
    return DrawnStep(
        element=element.id,
        name=name_of(element, language) or kind,
        kind=kind,
        stand=stand,
        stand_words=_stand_words(stand),
        badge=_badge(time),
        figures=_figures(time),
        heat=_heat(time, slowest),
        notes=notes,
        url=shown.url_of(element),
    )


def _stand_words(stand: Stand) -> str:
    return {
        "": "",
        "passed": _("Passed"),
        "waiting": _("Waits here"),
        "failed": _("Failed"),
        "faulty": _("To be mended"),
    }[stand]


def _badge(time: StepTime | None) -> str:
    if time is None:
        return ""
    if time.waiting:
        return str(time.waiting)
    return length(time.average_s) if time.passed else ""


def _figures(time: StepTime | None) -> str:
    if time is None:
        return ""
    said = []
    if time.waiting:
        said.append(
            ngettext("{count} waits", "{count} wait", time.waiting).format(count=time.waiting)
        )
    if time.passed:
        said.append(
            _("passed {count} times, {average} on average, {worst} at worst").format(
                count=time.passed, average=length(time.average_s), worst=length(time.worst_s)
            )
        )
    return "; ".join(said)


def _heat(time: StepTime | None, slowest: int) -> int:
    """How much of the slowest step's time this one takes; what takes under a minute is never hot."""
    if time is None or not time.passed or time.average_s < SHORTEST:
        return 0
    return max(1, HOTTEST * time.average_s // slowest)


def length(seconds: int) -> str:
    """A length of time in its largest unit, and the next where that says something."""
    minutes = seconds // 60
    if minutes < 1:
        return _("{count} s").format(count=seconds)
    if minutes < 60:
        return _("{count} min").format(count=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return (
            _("{hours} h {minutes} min").format(hours=hours, minutes=rest)
            if rest and hours < 10
            else (_("{count} h").format(count=hours))
        )
    return _("{count} days").format(count=hours // 24)
