"""Templates: texts in the style of the house from which items are begun."""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class ItemTemplate(KeptModel):
    """A text to begin items of a kind with; its words in {braces} are to be filled in.

    A text with such words left in it is not agreed to.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200, default="", blank=True)
    summary = models.CharField(max_length=500, default="", blank=True)
    body = models.TextField()
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "communication_template"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "code"], name="communication_template_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
