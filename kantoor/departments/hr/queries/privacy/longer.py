"""What the law has kept longer than the rule of its table says."""

from datetime import date
from typing import Any

from django.db import models

from kantoor.departments.hr.models import Employment, PersonDocument

IDENTITY = "identity"
YEARS_OF_IDENTITY = 5
"""Copies of identity papers stay so many calendar years after the employment; see retention.toml."""


def kept_longer(model: type[models.Model], on: date) -> models.Q:
    """Which rows of a table may not go on a day, whatever its period."""
    if model is not PersonDocument:
        return models.Q(pk__in=[])
    since = date(on.year - YEARS_OF_IDENTITY, 1, 1)
    lately: Any = Employment.objects.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=since))
    return models.Q(kind=IDENTITY, party__in=lately.values("party"))
