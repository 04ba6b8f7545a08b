"""How the numbers of claims are seen in their rows, for `kantoor verify`."""

from collections.abc import Iterable

from django.db.models import Count, Max, Min

from kantoor.departments.hr.models import ExpenseClaim
from kantoor.kernel.numbering.numbers import Used, counted


@counted("hr.expense_claim/")
def claim_numbers() -> Iterable[Used]:
    """The numbers of claims by company, as the claims have them."""
    rows = ExpenseClaim.objects.values_list("company_id").annotate(
        Min("sequence"), Max("sequence"), Count("id")
    )
    return [(f"hr.expense_claim/{key}", *rest) for key, *rest in rows]
