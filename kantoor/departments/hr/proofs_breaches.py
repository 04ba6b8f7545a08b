"""Proof that data breaches are numbered without gaps: one that was taken out would show."""

from collections.abc import Iterable

from django.db.models import Count, Max, Min

from kantoor.departments.hr.models import DataBreach
from kantoor.kernel.numbering.numbers import Used, counted


@counted("hr.data_breach/")
def breach_numbers() -> Iterable[Used]:
    """The numbers of breaches by company, as the breaches have them."""
    rows = DataBreach.objects.values_list("company_id").annotate(
        Min("number"), Max("number"), Count("id")
    )
    return [(f"hr.data_breach/{key}", *rest) for key, *rest in rows]
