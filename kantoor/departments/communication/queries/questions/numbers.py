"""The numbers of questions as people write them, and proof of their series."""

from collections.abc import Iterable

from django.db.models import Count, Max, Min

from kantoor.departments.communication.models import Question
from kantoor.kernel.numbering.numbers import Used, counted

DIGITS = 9


def read_number(text: str) -> int | None:
    """The number in `Q-000012` or `12`."""
    digits = text.strip().upper().removeprefix("Q-")
    fits = digits.isascii() and digits.isdigit() and len(digits) <= DIGITS
    return int(digits) if fits else None


@counted("communication.question/")
def numbers_in_use() -> Iterable[Used]:
    """The series of each company as its questions show it, for `verify`."""
    rows = Question.objects.order_by("company_id").values_list("company_id")
    found = rows.annotate(Min("number"), Max("number"), Count("id"))
    return [(f"communication.question/{key}", *rest) for key, *rest in found]
