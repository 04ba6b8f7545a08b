"""What orders, quotations and returns have in common: their lines, and whose they are."""

from django.db import models

from kantoor.departments.sales.models.articles import Article
from kantoor.kernel.fields import ExactField
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.models import KeptModel


class DocumentLine(KeptModel):
    """A line as it was agreed, never changed.

    `text` is empty where it is the article's own name; `net` is quantity times price in minor
    units, rounded half up for each line (EN 16931, BT-131).
    """

    kept = Kept.SEALED
    article = models.ForeignKey(Article, on_delete=models.PROTECT, db_index=False, related_name="+")
    text = models.CharField(max_length=200)
    quantity = ExactField()
    unit_price = ExactField()
    net = models.BigIntegerField()

    class Meta:
        abstract = True
