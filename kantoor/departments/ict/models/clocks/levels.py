"""Service levels: how soon cases are answered, told about and solved, by priority."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel

RESPONSE, UPDATE, RESOLUTION = "response", "update", "resolution"
CLOCKS = (RESPONSE, UPDATE, RESOLUTION)


class ServiceLevel(KeptModel):
    """An agreement on times; its last version goes for new cases.

    The `standard` one goes for cases of services that have none of their own.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    standard = models.BooleanField(default=False)

    class Meta:
        db_table = "ict_service_level"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="service_level_code_once"),
            models.UniqueConstraint(
                fields=["company"], condition=models.Q(standard=True), name="service_level_standard"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LevelVersion(KeptModel):
    """A service level as it was at a moment, with the version of the calendar it counts by.

    Each case keeps the version that was in force when it was opened.
    """

    kept = Kept.SEALED
    level = models.ForeignKey(ServiceLevel, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    calendar = models.ForeignKey(
        "kernel.CalendarVersion", on_delete=models.PROTECT, related_name="+"
    )
    user_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "ict_level_version"
        constraints = [
            models.UniqueConstraint(fields=["level", "number"], name="level_version_once")
        ]


class LevelTarget(KeptModel):
    """What a version promises: within so many seconds of the calendar, for one priority.

    A warning is given when `warn_seconds` of them are left.
    """

    kept = Kept.SEALED
    version = models.ForeignKey(LevelVersion, on_delete=models.PROTECT, related_name="targets")
    clock = models.CharField(max_length=10)
    priority = models.PositiveSmallIntegerField()
    seconds = models.IntegerField()
    warn_seconds = models.IntegerField(default=0)

    class Meta:
        db_table = "ict_level_target"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "clock", "priority"], name="level_target_once"
            )
        ]
