"""What `verify` does not prove, each with the reason. Keep it short."""

from functools import cache
from pathlib import Path

from django.conf import settings

PASSING: dict[str, str] = {
    "django_session": "who is signed in at the moment; losing it means signing in again",
    "kernel_attempts": "counts of tries to sign in, of the last minutes; the acts are recorded",
    "kernel_delivery": "webhooks on their way out; what they tell of is recorded",
    "ict_check_hour": "how quickly servers answered; that they went up or down is recorded",
    "ict_check_pulse": "how checks go just now; the next round asks again",
    "kernel_job": "the queue of work; what a job does to the books it does by recorded actions",
    "ict_inventory_content": "what inventories said, for some time; what it changed stays recorded",
    "ict_device_seen": "when devices last reported; the next report of each makes it anew",
    "management_alert_check": "what alerts saw last; the next look makes it anew",
    "kernel_mailbox_state": "how far a mailbox was read; what was read is kept once, and recorded",
    "django_migrations.id": "an order of rows that nothing refers to",
    "django_migrations.applied": "when the installation was brought up to date; the record has it",
}
"""`table` or `table.column` to the reason why nothing is proved of it."""


def passing_table(table: str) -> bool:
    """Whether nothing is proved of a whole table.

    Of a department that is left out (KANTOOR_WITHOUT) what the record holds is proved all the
    same; its derived tables can't be, since its provers are not there.
    """
    return table in PASSING or table.startswith(tuple(f"{name}_" for name in absent_departments()))


@cache
def absent_departments() -> tuple[str, ...]:
    """The departments that came with Kantoor and are left out of this installation."""
    there = {
        name
        for name, room in settings.ROOMS.items()
        if (Path(settings.PACKAGE) / room.replace(".", "/") / "department.py").exists()
    }
    return tuple(sorted(there - set(settings.DEPARTMENTS)))
