"""Work for people: who has it, who may take it, and who stands in for whom."""

from django.db import models
from django.db.models import Q

from kantoor.kernel.store.models import KeptModel

OPEN = "open"
DONE = "done"
GONE = "gone"


class Team(KeptModel):
    """People who share work, whatever their roles."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_nl = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "procedures_team"
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="team_code_once")]

    def __str__(self) -> str:
        return self.name


class TeamMember(KeptModel):
    """Somebody in a team; who leaves it is deleted from it."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT)

    class Meta:
        db_table = "procedures_team_member"
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="team_member_once")]


class Task(KeptModel):
    """A task of an instance for a person.

    `whose` says in whose inbox it stands: `user/<id>` when somebody has it, else `role/<id>` or
    `team/<id>`; `pool` is what it was offered to, so that it can be put back. `due_at` is the
    agreed time, far away where none is agreed. `state` is open, done, or gone (no longer needed).
    `barred` is JSON: the users who may not do it (separation of duties).
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    instance = models.ForeignKey("procedures.Instance", on_delete=models.PROTECT)
    element = models.CharField(max_length=100)
    token = models.CharField(max_length=36)
    title = models.CharField(max_length=200)
    title_nl = models.CharField(max_length=200, default="", blank=True)
    whose = models.CharField(max_length=40)
    pool = models.CharField(max_length=40)
    barred = models.TextField(default="[]")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=5, default=OPEN)
    ended_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    deputy_for = models.ForeignKey(
        "kernel.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        db_table = "procedures_task"
        indexes = [
            models.Index(
                fields=["company", "whose", "due_at", "id"],
                name="task_inbox",
                condition=Q(state=OPEN),
            ),
        ]


class StandIn(KeptModel):
    """Somebody who does another's tasks for a while, from a day up to and with another."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "procedures_stand_in"
