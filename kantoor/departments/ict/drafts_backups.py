"""What is handed in to have backups planned, reported and proved."""

from collections.abc import Sequence
from typing import Literal

import msgspec

Tool = Literal["restic", "borg", "kantoor", "other"]


class BackupPlanDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Something that has to be backed up; hours and days are whole numbers.

    `every_hours` is how often, `grace_hours` how much later is too late, `rpo_hours` how much work
    may be lost, `rto_hours` how soon it has to be back. With a `calendar` (its code) the first two
    are hours of its working time. `server` and the paths say what it is of.
    """

    code: str
    name: str
    server: str = ""
    tool: Tool = "restic"
    repository: str = ""
    paths: Sequence[str] = ()
    calendar: str = ""
    every_hours: int = 24
    grace_hours: int = 4
    rpo_hours: int = 24
    rto_hours: int = 8
    keep_days: int = 30
    drill_days: int = 30
    check_days: int = 30
    runs_here: bool = False


class BackupPlanChange(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of the plan with this code; what is not said stays as it is."""

    code: str
    name: str | None = None
    repository: str | None = None
    paths: Sequence[str] | None = None
    calendar: str | None = None
    every_hours: int | None = None
    grace_hours: int | None = None
    rpo_hours: int | None = None
    rto_hours: int | None = None
    keep_days: int | None = None
    drill_days: int | None = None
    check_days: int | None = None
    runs_here: bool | None = None
    active: bool | None = None


class BackupReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup program said of its work (see formats/backups/reports.py).

    `manifest` is what `sha256sum` wrote of the files before the run; without it a restore can be
    tried but not proved. `zone` is the time zone of the machine, for Borg; else the company's.
    """

    plan: str
    report: str
    manifest: str = ""
    zone: str = ""
