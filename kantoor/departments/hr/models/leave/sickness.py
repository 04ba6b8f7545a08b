"""Sickness: when somebody was away, how far they came back, and what the law asks meanwhile.

What somebody has is nowhere: an employer may not keep it (AVG art. 9; BW 7:629).
"""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class SickSpell(KeptModel):
    """Somebody is sick from a day up to the day they are wholly back.

    `counted_days` were counted before it, in spells that it goes on with because there were less
    than four weeks between (BW 7:629 lid 10); `follows` is the one before. Without `party` it was
    let go: nobody can tell any more whose it was, who reported it, or which spell it went on with.
    """

    subject_field = "subject_id"
    erased_as = {"party": None, "follows": None, "reported_by": None}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    party = models.ForeignKey("kernel.Party", on_delete=models.PROTECT, related_name="+", null=True)
    first = models.DateField()
    back_on = models.DateField(null=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    counted_days = models.IntegerField(default=0)
    reported_at = models.DateTimeField()
    reported_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "hr_sick_spell"
        constraints = [
            models.UniqueConstraint(fields=["party", "first"], name="sick_spell_once"),
            models.UniqueConstraint(
                fields=["party"],
                condition=models.Q(back_on=None),
                name="sick_spell_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(back_on=None) | models.Q(back_on__gt=models.F("first")),
                name="sick_spell_in_order",
            ),
        ]
        indexes = [models.Index(fields=["company", "first"], name="sick_spell_by_day")]


class SickPart(KeptModel):
    """From a day on somebody works so many percent of their hours while still sick."""

    spell = models.ForeignKey(
        SickSpell, on_delete=models.PROTECT, db_index=False, related_name="parts"
    )
    first = models.DateField()
    percent = models.IntegerField()

    class Meta:
        db_table = "hr_sick_part"
        constraints = [
            models.UniqueConstraint(fields=["spell", "first"], name="sick_part_once"),
            models.CheckConstraint(
                condition=models.Q(percent__gte=0, percent__lt=100), name="sick_part_percent"
            ),
        ]


class SickDuty(KeptModel):
    """Something the Wet verbetering poortwachter asks of a spell by a day; `step` says what.

    `over_on` is the day the spell ended, from which the process file is kept for a while.
    """

    subject_field = "subject_id"
    erased_as = {"evidence": "", "done_by": None}
    subject_id = models.BigIntegerField(null=True)
    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    spell = models.ForeignKey(
        SickSpell, on_delete=models.PROTECT, db_index=False, related_name="duties"
    )
    step = models.CharField(max_length=12)
    due = models.DateField()
    done_on = models.DateField(null=True)
    over_on = models.DateField(null=True)
    evidence = models.CharField(max_length=300, default="", blank=True)
    done_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "hr_sick_duty"
        constraints = [models.UniqueConstraint(fields=["spell", "step"], name="sick_duty_once")]
