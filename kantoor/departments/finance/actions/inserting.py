"""Insert rows whose keys are known before, since an entry names them as its origin."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models

from kantoor.kernel.store.fits import refuse_misfits
from kantoor.kernel.store.models import KeptModel, insert_rows


def insert_keyed(model: type[KeptModel], rows: Sequence[KeptModel], first: int) -> None:
    """Insert rows with keys from `first` on (of `take_ids`), in their order."""
    refuse_misfits(rows)
    for key, row in enumerate(rows, first):
        row.pk = key
    fields = sorted(model._meta.concrete_fields, key=lambda field: not field.primary_key)
    insert_rows(model, [tuple(_canonical(row, field) for field in fields) for row in rows])


def _canonical(row: KeptModel, field: "models.Field[Any, Any]") -> Any:
    value = field.get_prep_value(getattr(row, field.attname))
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value
