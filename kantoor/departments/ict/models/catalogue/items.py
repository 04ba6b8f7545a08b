"""What stands in the catalogue: items, the fields of their forms, and the work that follows."""

from django.db import models

from kantoor.departments.ict.models.cases.desk import Queue, Service
from kantoor.kernel.store.models import KeptModel

MANAGER, OWNER, ROLE = "manager", "owner", "role"
TEXT, LONG, CHOICE, NUMBER, DATE, PERSON, DEVICE = (
    "text", "long", "choice", "number", "date", "person", "device",
)  # fmt: skip


class CatalogueItem(KeptModel):
    """Something that employees can ask for, with a form of its own.

    `approval` is empty, manager (of the requester), owner (of the service) or role (`role` names
    it): who agrees before work begins. `tasks` is a line for each thing to do; `section` groups
    items on the page. `impact` and `urgency` are 1 (high) to 3. One that is not `active` is not
    offered.
    """

    company = models.ForeignKey("kernel.Company", on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    text = models.TextField(default="", blank=True)
    section = models.CharField(max_length=80, default="", blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="+")
    impact = models.PositiveSmallIntegerField(default=3)
    urgency = models.PositiveSmallIntegerField(default=3)
    approval = models.CharField(max_length=10, default="", blank=True)
    role = models.CharField(max_length=50, default="", blank=True)
    tasks = models.TextField(default="", blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "ict_catalogue_item"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="catalogue_item_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class CatalogueField(KeptModel):
    """A field of the form of an item.

    `kind` is text, long, choice, number, date, person or device. `choices` is a line for each.
    `least` and `most` bound characters of text, numbers, and days from today of dates.
    """

    item = models.ForeignKey(
        CatalogueItem, on_delete=models.PROTECT, db_index=False, related_name="fields"
    )
    place = models.IntegerField()
    key = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, default=TEXT)
    hint = models.CharField(max_length=200, default="", blank=True)
    required = models.BooleanField(default=False)
    choices = models.TextField(default="", blank=True)
    least = models.BigIntegerField(null=True)
    most = models.BigIntegerField(null=True)

    class Meta:
        db_table = "ict_catalogue_field"
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="catalogue_field_key_once")
        ]
