"""Model fields for exact numbers: a Decimal in Python, an integer in the database."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.money import MICRO, SCALE


class ExactField(models.BigIntegerField):  # type: ignore[type-arg]
    """A quantity, unit price or rate with up to six decimals, kept as an integer of 10**-6.

    SQLite has no decimal type (its NUMERIC turns into a float); integers are exact, sum and
    sort rightly on both databases, and hold up to nine million million.
    """

    def from_db_value(self, value: int | None, *_args: object) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-SCALE)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, float):
            raise ValidationError(_("A float is not exact; give a decimal."))
        return Decimal(value)

    def get_prep_value(self, value: Any) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value) * MICRO
        if scaled != scaled.to_integral_value():
            raise ValidationError(_("No more than six decimals."))
        return int(scaled)
