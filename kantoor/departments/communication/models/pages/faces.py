"""Where what is published is shown besides the intranet: the press page, and screens in halls."""

from django.db import models

from kantoor.kernel.store.models import KeptModel


class PressPage(KeptModel):
    """The press page of a company, which nobody sees while it is not `open`.

    `contact` is whom the press can call or write; `about` what the company says of itself under
    each press release.
    """

    company = models.OneToOneField("kernel.Company", on_delete=models.PROTECT)
    open = models.BooleanField(default=True)
    contact = models.CharField(max_length=500, default="", blank=True)
    about = models.TextField(default="", blank=True)

    class Meta:
        db_table = "communication_press_page"


class Screen(KeptModel):
    """A screen that shows what is published for screens, each item so many `seconds`.

    Its address follows from `number`, so that a new number makes the one before worthless; it
    shows nothing while it is not `open`.
    """

    company = models.ForeignKey(
        "kernel.Company", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    seconds = models.IntegerField(default=15)
    number = models.IntegerField(default=1)
    open = models.BooleanField(default=True)

    class Meta:
        db_table = "communication_screen"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "code"], name="communication_screen_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
