"""Write what happens to cases: the rows of their timelines, the cases themselves, and the news.

Only ICT's own actions use this, inside their transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.clocks.keeping import keep_clocks
from kantoor.departments.ict.errors import WrongState
from kantoor.departments.ict.events import CaseChanged
from kantoor.departments.ict.models import Case, CaseEvent, CaseFile, CaseNote
from kantoor.departments.ict.models.cases.case import APPROVAL, CLOSED, OPEN
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.instants import canonical
from kantoor.kernel.store.models import insert_rows

By = Literal["person", "machine", "requester"]
MOVES_CLOCKS = ("state", "priority", "note")
MACHINE, PERSON, REQUESTER = "machine", "person", "requester"


def by(machine: bool) -> By:
    """Who does it: a machine or a person."""
    return "machine" if machine else "person"


@dataclass(slots=True, eq=False)
class Happening:
    """Something that happens to a case (see CaseEvent), with what is written along with it."""

    case: Case
    what: str
    was: str = ""
    now: str = ""
    by: str = PERSON
    public: bool = False
    text: str = ""
    files: Sequence[int] = ()
    at: str = ""
    user_id: int | None = None


def state_text(case: Case) -> str:
    """The state of a case as its timeline holds it: `waiting/caller`."""
    return f"{case.state}/{case.waiting_for}" if case.waiting_for else case.state


@dataclass(slots=True, eq=False)
class Doing:
    """What one action does to cases: collected one by one, written all at once by `finish`."""

    actor: Actor
    by: By = "person"
    at: datetime = field(default_factory=timezone.now)
    happened: list[Happening] = field(default_factory=list)
    approving: bool = False

    def note(
        self,
        case: Case,
        what: str,
        was: str = "",
        now: str = "",
        *,
        public: bool = False,
        text: str = "",
        files: Sequence[int] = (),
        by: By | None = None,
    ) -> None:
        """Note that something happens to a case."""
        self.happened.append(
            Happening(
                case, what, was, now, by or self.by, public, text, files,
                canonical(self.at), self.actor.user_id,
            )
        )  # fmt: skip

    def move(
        self, case: Case, state: str, waiting_for: str = "", *, public: bool = True, text: str = ""
    ) -> None:
        """Bring a case into a state, and note it.

        One that waits for approval goes on by the decision alone, or is closed. Raises WrongState.
        """
        if case.waiting_for == APPROVAL and state != CLOSED and not self.approving:
            message = _("{number} waits for approval; that comes first.").format(number=case)
            raise WrongState(message, field="numbers")
        before = state_text(case)
        case.state, case.waiting_for = state, waiting_for
        case.is_open = state in OPEN
        self.note(case, "state", before, state_text(case), public=public, text=text)

    def finish(self, *fields: str) -> list[int]:
        """Write it all, with these changed fields of the cases; gives the keys of the events."""
        cases = list({id(each.case): each.case for each in self.happened}.values())
        if not cases:
            return []
        for case in cases:
            case.changed_at = max(case.changed_at, self.at)
        for each in self.happened:
            if each.by == PERSON and each.case.touched_at is None:
                each.case.touched_at = self.at
        Case.objects.bulk_update(cases, ["changed_at", "touched_at", "is_open", *fields])
        keys = write_happenings(self.happened)
        moved = {each.case.pk for each in self.happened if each.what in MOVES_CLOCKS}
        keep_clocks(sorted(moved))
        self._tell(cases, keys)
        if len(cases) == 1:
            concerns(f"ict.case/{cases[0].pk}")
        return keys

    def _tell(self, cases: Sequence[Case], keys: Sequence[int]) -> None:
        mine: dict[int, list[tuple[Happening, int]]] = {}
        for each, key in zip(self.happened, keys, strict=True):
            mine.setdefault(each.case.pk, []).append((each, key))
        for case in cases:
            pairs = mine[case.pk]
            publish(
                CaseChanged(
                    company_id=self.actor.company_id,
                    case_id=case.pk,
                    number=str(case),
                    state=case.state,
                    what=tuple(dict.fromkeys(each.what for each, _key in pairs)),
                    event_ids=tuple(key for _each, key in pairs),
                    public=any(each.public for each, _key in pairs),
                )
            )


def write_happenings(happened: Sequence[Happening]) -> list[int]:
    """Write rows of timelines with their notes and files; gives their keys in order."""
    if not happened:
        return []
    first = take_ids(CaseEvent, len(happened))
    insert_rows(
        CaseEvent,
        [
            (first + n, each.case.pk, each.at, each.user_id, each.by, each.what, each.was,
             each.now, int(each.public))
            for n, each in enumerate(happened)
        ],
    )  # fmt: skip
    _write_notes(first, happened)
    _write_files(first, happened)
    return list(range(first, first + len(happened)))


def _write_notes(first: int, happened: Sequence[Happening]) -> None:
    written = [(first + n, each) for n, each in enumerate(happened) if each.text]
    if written:
        key = take_ids(CaseNote, len(written))
        insert_rows(
            CaseNote,
            [
                (key + n, each.case.subject_id, event, each.text)
                for n, (event, each) in enumerate(written)
            ],
        )


def _write_files(first: int, happened: Sequence[Happening]) -> None:
    files = [(first + n, file) for n, each in enumerate(happened) for file in each.files]
    if files:
        key = take_ids(CaseFile, len(files))
        insert_rows(CaseFile, [(key + n, *pair) for n, pair in enumerate(files)])
