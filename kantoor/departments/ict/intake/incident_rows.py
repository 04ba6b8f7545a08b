"""Read the rows of an incident of another desk's log: what happened to it, and how it ended.

What each row means in our terms stands in docs/decisions/0100-the-incident-log-in-our-terms.md.
"""

from collections.abc import Callable
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.drafts_past import Happened, PastCase
from kantoor.kernel.calendars.engine import seconds_of
from kantoor.kernel.intake.moments import day_time_parser
from kantoor.kernel.intake.problems import Problem, Refused, shown
from kantoor.kernel.intake.rows import Layout, Rows

UNKNOWN = ("?", "", "-100")
"""What the log writes where it does not know; -100 is a state that was lost."""
STATES = {
    "New": "new",
    "Active": "active",
    "Awaiting User Info": "waiting/caller",
    "Awaiting Vendor": "waiting/vendor",
    "Awaiting Problem": "waiting/problem",
    "Awaiting Evidence": "waiting/evidence",
    "Resolved": "resolved",
    "Closed": "closed",
}
CHANNELS = {
    "Phone": "phone",
    "Email": "mail",
    "Self service": "page",
    "IVR": "phone",
    "Direct opening": "page",
}
LONGEST = 120
MOST_COUNT = 100_000


class Reader:
    """Reads documents of one layout, by the clock of one zone; cells repeat, so each is kept."""

    def __init__(self, layout: Layout, zone: str) -> None:
        self.layout, self.zone = layout, zone
        self.places = layout.columns.places
        moment = day_time_parser(layout.mapping.dates, zone)
        self.at: Callable[[str], int] = lru_cache(maxsize=1 << 16)(
            lambda text: seconds_of(moment(text).at)
        )

    def read(self, rows: Rows, source: str, event: str) -> PastCase | Problem:
        """The incident as it went, or what is wrong with the first bad row."""
        reading = _Reading(self, rows.rows[0])
        for place, row in enumerate(rows.rows):
            try:
                reading.add(row)
            except Refused as reason:
                return reason.at(line=rows.line(place), given=tuple(row))
        try:
            return reading.finished(rows.identity, source, event)
        except Refused as reason:
            return reason.at(line=rows.line(len(rows.rows) - 1), given=tuple(rows.rows[-1]))

    def cell(self, row: list[str], field: str) -> str:
        """A cell, empty where the log does not know."""
        place = self.places.get(field)
        text = row[place].strip() if place is not None else ""
        return "" if text in UNKNOWN else text


class _Reading:
    """One incident under way: each row is compared with how it stood before."""

    def __init__(self, reader: Reader, first: list[str]) -> None:
        self.reader, self.cell = reader, reader.cell
        self.now: dict[str, str] = {}
        self.happened: list[Happened] = []
        self.first = self.last = first
        self.latest: int | None = None
        self.opened: int | None = None

    def add(self, row: list[str]) -> None:
        """What a row says happened, as far as it differs from the row before it."""
        at = self._at(row, "at")
        if self.latest is None:
            self._open(row, at)
        # A row that is dated before the one it follows on happened no earlier than that.
        at = self.latest = max(at, self.latest or at)
        before = len(self.happened)
        self._change(at, "priority", _level(self.cell(row, "priority"), "priority", 4))
        self._change(at, "queue", self._name(row, "queue"))
        self._change(at, "assignee", self._name(row, "assignee"))
        self._change(at, "state", _state(self.cell(row, "state")))
        if len(self.happened) == before:
            self.happened.append((at, "row", "", ""))
        self.last = row

    def _open(self, row: list[str], at: int) -> None:
        self.opened = self._at(row, "opened_at")
        begins = min(self.opened, at)
        self.happened.append((begins, "state", "", "new"))
        self.now["state"] = "new"
        self._change(begins, "priority", _level(self.cell(row, "priority"), "priority", 4) or "3")
        self.latest = begins

    def _change(self, at: int, what: str, value: str) -> None:
        before = self.now.get(what, "")
        if value and value != before:
            self.happened.append((at, what, before, value))
            self.now[what] = value

    def finished(self, identity: str, source: str, event: str) -> PastCase:
        """The whole incident; the last row says how it ended."""
        row, cell = self.last, self.cell
        state, _slash, waiting_for = self.now["state"].partition("/")
        done = state in ("resolved", "closed")
        assert self.opened is not None and self.latest is not None
        return PastCase(
            reference=identity,
            source=source,
            event=event,
            opened=self.opened,
            changed=self.latest,
            resolved=(self._known(row, "resolved_at") or self._reached("resolved")) if done else None,
            closed=(self._known(row, "closed_at") or self.latest) if state == "closed" else None,
            caller=self._name(row, "caller") or self._name(self.first, "caller"),
            title=_title(cell(row, "category"), cell(row, "subcategory")),
            text=_text(
                ("Symptom", cell(row, "symptom")), ("Location", cell(row, "location")),
                ("Item", cell(row, "item")),
            ),
            channel=CHANNELS.get(cell(row, "channel"), "log"),
            impact=int(_level(cell(row, "impact"), "impact", 3) or "2"),
            urgency=int(_level(cell(row, "urgency"), "urgency", 3) or "2"),
            priority=int(self.now["priority"]),
            state=state,
            waiting_for=waiting_for,
            queue=self.now.get("queue", ""),
            resolution_code=cell(row, "closed_code")[:40] if done else "",
            reassigned=_count(cell(row, "reassigned"), "reassigned"),
            reopened=_count(cell(row, "reopened"), "reopened"),
            happened=self.happened,
        )  # fmt: skip

    def _reached(self, state: str) -> int | None:
        found = [at for at, what, _was, now in self.happened if (what, now) == ("state", state)]
        return found[-1] if found else self.latest

    def _at(self, row: list[str], field: str) -> int:
        try:
            return self.reader.at(row[self.reader.places[field]])
        except Refused as reason:
            reason.field = field
            raise

    def _known(self, row: list[str], field: str) -> int | None:
        return self._at(row, field) if self.cell(row, field) else None

    def _name(self, row: list[str], field: str) -> str:
        text = self.cell(row, field)
        if len(text) > LONGEST // 3:
            message = _("This name is longer than {limit} characters.")
            raise Refused("incident.too_long", message, field=field, limit=LONGEST // 3)
        return text


@lru_cache(maxsize=256)
def _state(text: str) -> str:
    if not text:
        return ""
    if (known := STATES.get(text)) is None:
        message = _("There is no state “{text}”; use one of: {known}.")
        raise Refused(
            "incident.state", message, field="state", text=shown(text), known=", ".join(STATES)
        )
    return known


@lru_cache(maxsize=256)
def _level(text: str, field: str, most: int) -> str:
    """The digit of `3 - Moderate`; nothing where the log does not know."""
    if not text:
        return ""
    digit = text[:1]
    if digit not in "123456789"[:most] or text[1:2] not in ("", " ", "-"):
        message = _("“{text}” begins with no number from 1 to {most}.")
        raise Refused("incident.level", message, field=field, text=shown(text), most=most)
    return digit


@lru_cache(maxsize=256)
def _count(text: str, field: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or len(text) > 6 or int(text) > MOST_COUNT:
        message = _("“{text}” is no count.")
        raise Refused("incident.count", message, field=field, text=shown(text))
    return int(text)


@lru_cache(maxsize=4096)
def _title(category: str, subcategory: str) -> str:
    return ", ".join(part for part in (category, subcategory) if part)[:200] or "–"


def _text(*parts: tuple[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in parts if value)[:2000]
