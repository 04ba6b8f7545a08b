"""A service level for tests: always open, with targets for each priority."""

from kantoor.departments.ict.actions.clocks.levels import add_service_level
from kantoor.departments.ict.drafts_clocks import TargetDraft
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.calendars.actions import add_calendar
from kantoor.kernel.calendars.terms import WEEKDAYS, Week

OFFICE = Week(**dict.fromkeys(WEEKDAYS[:5], "08:00-18:00"))


def agree(desk: Desk) -> None:
    """Agree on office hours with holidays, and on times for all priorities."""
    add_calendar(desk.anne, code="office", name="Office", week=OFFICE, country="NL")
    targets = [
        TargetDraft(clock=clock, priority=level, minutes=minutes * level, warn_minutes=10)  # type: ignore[arg-type]
        for clock, minutes in (("response", 60), ("resolution", 480))
        for level in (1, 2, 3, 4)
    ]
    add_service_level(
        desk.anne, code="std", name="Standard", calendar="office", targets=targets, standard=True
    )
