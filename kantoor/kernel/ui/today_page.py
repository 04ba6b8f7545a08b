"""What the home is: what waits for me, what changed in what I follow, and a few figures of my role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kantoor.kernel.ui.cells import Money, Status
from kantoor.kernel.ui.charts import Chart
from kantoor.kernel.ui.listing import Act


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for me: an approval, a task, a case, a date."""

    title: str
    url: str
    detail: str = ""
    due: date | None = None
    status: Status | None = None
    amount: Money | None = None
    steps: Sequence[Act] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that changed in what I follow."""

    what: str
    url: str
    by: str
    at: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure that opens what it is made of; `change` in words ("12% more than in May").

    `spark` are the values of the last periods, in minor units or counts.
    """

    label: str
    value: Money | int
    url: str
    change: str = ""
    spark: Sequence[int] = ()
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One of the first things to do in a new company, with the button that does it."""

    act: Act
    text: str = ""
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class TodayPage:
    """The whole home; `first_steps` show until each is done."""

    title: str
    waiting: Sequence[Waiting] = ()
    waiting_url: str = ""
    happened: Sequence[Happened] = ()
    happened_url: str = ""
    figures: Sequence[Figure] = ()
    charts: Sequence[Chart] = ()
    first_steps: Sequence[FirstStep] = ()
    main_action: Act | None = None
