"""The history of orders, quotations and returns: each change of state is a row of its own."""

from django.db import models

from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class StateChange(KeptModel):
    """Something came into a state: `about` is `sales.order/12`, `user_id` who saw to it.

    Its first state is not kept here but where its own day of beginning is.
    """

    kept = Kept.SEALED
    about = models.CharField(max_length=40)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "sales_state_change"
        indexes = [models.Index(fields=["about"], name="state_change_about")]
