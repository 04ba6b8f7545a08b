"""What is given when checklists and duties are arranged."""

from datetime import date

import msgspec

from kantoor.procedures.engine.rhythms import Shift, Unit, Weekday, Which


class ChecklistDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The template of a checklist; `inputs` are names, with a space between, that a run is told."""

    code: str
    name: str
    name_nl: str = ""
    inputs: str = ""


class ItemDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An item. With a `query` it is observed: `given` are its parameters as
    `employee=employee; on=today()`, `holds` the expression over `result` that must hold, `listens`
    events, with a space between, after which it is looked at anew."""

    title: str
    title_nl: str = ""
    query: str = ""
    given: str = ""
    holds: str = ""
    listens: str = ""


class DutyDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A duty that recurs: every so many weeks on `weekday`, or months or years on
    `day`, or on the first or last working day. It is a task, or a `checklist` or `procedure` by
    its code. Whose it is: one role, team or person. `escalate` is the role it goes to when late."""

    code: str
    name: str
    name_nl: str = ""
    text: str = ""
    checklist: str = ""
    procedure: str = ""
    role: str = ""
    team: str = ""
    person: str = ""
    unit: Unit = "month"
    every: int = 1
    which: Which = "day"
    weekday: Weekday = "monday"
    day: int = 1
    month: int = 1
    shift: Shift = ""
    starts_on: date
    ends_on: date | None = None
    lead_days: int = 7
    escalate: str = ""
