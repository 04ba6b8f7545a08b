"""What people keep of pages: the views of lists that they saved."""

from django.db import models

from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.store.models import KeptModel


class SavedView(KeptModel):
    """A list as somebody wants to see it again: the query part of its address, under a name.

    `register` is the key of the list (`finance.invoices`).
    """

    company = models.ForeignKey(Company, on_delete=models.PROTECT, db_index=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_views")
    register = models.CharField(max_length=100)
    name = models.CharField(max_length=80)
    address = models.TextField(help_text="the query part of the address, without a ?")

    class Meta:
        db_table = "kernel_saved_view"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "user", "register", "name"], name="saved_view_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
