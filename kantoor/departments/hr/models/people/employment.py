"""Employments, and the contract of each in versions: valid on a day, recorded at a moment."""

from django.db import models

from kantoor.departments.hr.models.people.units import Unit
from kantoor.kernel.parties.models import Party
from kantoor.kernel.store.guards import Guard, register_facts, register_guard
from kantoor.kernel.store.models import KeptModel

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60


class Employment(KeptModel):
    """That somebody works here, from `starts_on` to `ends_on` inclusive (NULL is open).

    The database refuses two employments of one person that overlap. `recorded_at` is when it
    became known, `end_recorded_at` when its end did.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, default="", blank=True)
    recorded_at = models.DateTimeField()
    end_recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_employment"
        constraints = [
            models.UniqueConstraint(fields=["party", "starts_on"], name="employment_start_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="employment_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["company", "ends_on"], name="employment_open")]


class ContractVersion(KeptModel):
    """The terms of an employment from `valid_from` until the next version's day.

    One that was changed with effect on its own first day is not overwritten: it was in force from
    `recorded_at` until `replaced_at`, which stays empty for what holds now. `mon` … `sun` are
    minutes of work; `cost_centre` is a value of finance's dimension or empty; `until` the last
    day of a contract for a fixed term. No pay is kept here.
    """

    employment = models.ForeignKey(
        Employment, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    valid_from = models.DateField()
    kind = models.CharField(max_length=12)
    until = models.DateField(null=True, blank=True)
    job_title = models.CharField(max_length=120, default="", blank=True)
    mon = models.PositiveSmallIntegerField()
    tue = models.PositiveSmallIntegerField()
    wed = models.PositiveSmallIntegerField()
    thu = models.PositiveSmallIntegerField()
    fri = models.PositiveSmallIntegerField()
    sat = models.PositiveSmallIntegerField()
    sun = models.PositiveSmallIntegerField()
    cost_centre = models.CharField(max_length=40, default="", blank=True)
    manager = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=120, default="", blank=True)
    cao = models.CharField(max_length=120, default="", blank=True)
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "hr_contract_version"
        constraints = [
            # The next version's day ends one, so that no two of one day are no two that overlap.
            models.UniqueConstraint(
                fields=["employment", "valid_from"],
                condition=models.Q(replaced_at=None),
                name="contract_version_once",
            ),
            models.CheckConstraint(
                condition=models.Q(**{f"{day}__lte": DAY_MINUTES for day in WEEKDAYS}),
                name="contract_version_minutes",
            ),
        ]
        indexes = [models.Index(fields=["employment", "valid_from"], name="contract_version_all")]


_OVERLAP = "employments of one person never overlap"
_FOUND = """SELECT 1 FROM hr_employment other
    WHERE other.party_id = NEW.party_id AND other.id <> NEW.id
    AND other.starts_on <= COALESCE(NEW.ends_on, '9999-12-31')
    AND NEW.starts_on <= COALESCE(other.ends_on, '9999-12-31')"""
for _operation in ("insert", "update"):
    _name = f"hr_employment_apart_{_operation}"
    register_guard(
        Guard(
            _name,
            "hr_employment",
            f"""CREATE TRIGGER {_name} AFTER {_operation.upper()} ON hr_employment
            WHEN EXISTS ({_FOUND}) BEGIN SELECT RAISE(ABORT, '{_OVERLAP}'); END""",
            f"""CREATE TRIGGER {_name} AFTER {_operation.upper()} ON hr_employment
            FOR EACH ROW EXECUTE FUNCTION hr_employment_apart()""",
            # Two that are written at once don't see each other: the second waits for the person.
            f"""CREATE OR REPLACE FUNCTION hr_employment_apart() RETURNS trigger AS $$
            BEGIN
                PERFORM 1 FROM kernel_party WHERE id = NEW.party_id FOR NO KEY UPDATE;
                IF EXISTS ({_FOUND}) THEN
                    RAISE EXCEPTION '{_OVERLAP}' USING ERRCODE = 'exclusion_violation';
                END IF;
                RETURN NULL;
            END $$ LANGUAGE plpgsql""",
        )
    )

_REPLACED = ("id", "replaced_at")
register_facts(
    "hr_contract_version",
    [
        str(each.column)
        for each in ContractVersion._meta.concrete_fields
        if each.column not in _REPLACED
    ],
    "a contract version never changes, it is replaced",
)
