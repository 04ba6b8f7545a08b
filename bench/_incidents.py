"""Replays the log of incidents and measures its clocks and lists; prints JSON (bench/incidents.py)."""

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench._ledger import company

if TYPE_CHECKING:
    from kantoor.kernel.actors.actor import Actor

PROJECT = Path(__file__).parent.parent
NAME = "incident-log/incident_event_log.csv.gz"
FEW, MANY, LOT = 1_000, 100_000, 10_000
TIMES = 30
PAUSE_S = 0.2


def source() -> Path:
    """The shared file."""
    for folder in (os.environ.get("KANTOOR_SHARED", ""), PROJECT.parent / "shared"):
        for path in (Path(folder) / "data" / NAME, Path(folder) / NAME):
            if folder and path.exists():
                return path
    raise SystemExit(f"REAL INPUT IS MISSING: {NAME}; set KANTOOR_SHARED to the folder that has it")


def agree(actor: "Actor") -> None:
    """Office hours with holidays, and targets for each priority."""
    from kantoor.departments.ict.actions.clocks.levels import add_service_level
    from kantoor.departments.ict.drafts_clocks import TargetDraft
    from kantoor.kernel.calendars.actions import add_calendar

    add_calendar(actor, code="office", name="Office", country="NL")
    targets = [
        TargetDraft(clock=clock, priority=level, minutes=minutes * level, warn_minutes=10)  # type: ignore[arg-type]
        for clock, minutes in (("response", 60), ("update", 240), ("resolution", 480))
        for level in (1, 2, 3, 4)
    ]
    add_service_level(
        actor, code="std", name="Standard", calendar="office", targets=targets, standard=True
    )


def fill(actor: "Actor", until: int) -> None:
    """Open cases in two queues, until there are so many."""
    from kantoor.departments.ict.actions.cases.opening import open_cases
    from kantoor.departments.ict.drafts import CaseDraft
    from kantoor.departments.ict.models import Case

    while missing := until - Case.objects.exclude(state__in=("resolved", "closed")).count():
        open_cases(
            actor,
            cases=[
                CaseDraft(title=f"Case {n}", queue=f"q{n % 2}", impact=1 + n % 3, channel="api")
                for n in range(min(missing, LOT))
            ],
        )


def page_ms(actor: "Actor") -> float:
    """The page of a queue as a browser gets it, in milliseconds of work.

    The quickest of some times, spread over seconds in which the machine may do other things too.
    """
    from django.test import RequestFactory

    from kantoor.departments.ict.web.cases.register import CASES
    from kantoor.kernel.ui.address import Address

    request = RequestFactory().get("/ict/cases", {"state": "open", "queue": "q0"})
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        CASES.page(actor, Address.of(request))
        taken.append(1000 * (time.process_time() - began))
        time.sleep(PAUSE_S)
    return min(taken)


def main() -> None:
    actor = company("NL", "EUR")
    from kantoor.departments.ict.actions.cases.desk import add_queue
    from kantoor.departments.ict.actions.clocks.levels import recompute_clocks
    from kantoor.kernel.intake.files import intake_file

    agree(actor)
    result = intake_file(actor, source(), source="incident-log")
    assert result.rejected == 0, result.reasons
    began = time.perf_counter()
    recompute_clocks(actor)
    anew = time.perf_counter() - began
    for code in ("q0", "q1"):
        add_queue(actor, code=code, name=code)
    fill(actor, FEW)
    few = page_ms(actor)
    fill(actor, MANY)
    print(
        json.dumps(
            {
                "rows": result.received,
                "seconds": result.seconds,
                "anew": anew,
                "few_ms": few,
                "many_ms": page_ms(actor),
            }
        )
    )


if __name__ == "__main__":
    main()
