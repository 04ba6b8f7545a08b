"""What is sold."""

from django.db import models

from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.models import KeptModel


class Article(KeptModel):
    """An article of the assortment; `unit_price` is net, in the company's currency."""

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    unit_price = ExactField()
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "sales_article"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="article_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
