"""The tables that hold personal data, and the days in them that a period can count from."""

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from kantoor.kernel.record.erasing import personal_models

KEPT_APART = ("kernel_party", "kernel_user", "kernel_file")
"""Whole persons and accounts go by the erasure of their person, files with what they came with."""


def tables_to_keep() -> dict[str, type[models.Model]]:
    """The models whose rows can lose what is personal one by one, by their tables."""
    return {
        model._meta.db_table: model
        for model in personal_models()
        if model._meta.db_table not in KEPT_APART
        and any(field.name == "company" for field in model._meta.concrete_fields)
        and days_of(model)
    }


def days_of(model: type[models.Model]) -> list[str]:
    """The fields of a model that hold a day or a moment."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateField) and field.name != "erased_at"
    ]


def day_of(value: Any) -> date:
    """The day of a day or a moment, in the zone of the company's people."""
    return timezone.localdate(value) if hasattr(value, "hour") else value


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
