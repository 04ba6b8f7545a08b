"""The layouts of tables over time: old digests stay computable after a column is added."""

import json
from functools import lru_cache

from django.db import connection, models

from kantoor.kernel.actions.system import system_act
from kantoor.kernel.record.models import KnownLayout
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.tables import Layout, kept_models, layout_of

RECORDED = (Kept.SEALED, Kept.STATE)


def recorded_models() -> list[type[models.Model]]:
    """The models whose rows the record holds, by table."""
    return [model for model in kept_models() if getattr(model, "kept", None) in RECORDED]


def note_layouts() -> None:
    """Keep the present layout of every recorded table, where it is not known yet."""
    if KnownLayout._meta.db_table not in connection.introspection.table_names():
        return
    known = set(KnownLayout.objects.values_list("key", flat=True))
    layouts = [layout_of(model) for model in recorded_models()]
    if fresh := [layout for layout in layouts if layout.key not in known]:
        with system_act("kernel.note_layouts"):
            KnownLayout.objects.bulk_create([_row(layout) for layout in fresh])


def _row(layout: Layout) -> KnownLayout:
    columns = json.dumps(list(zip(layout.columns, layout.kinds, strict=True)))
    return KnownLayout(key=layout.key, tablename=layout.table, columns=columns)


@lru_cache(maxsize=4096)
def layout_from(table: str, columns: str) -> Layout:
    """The layout that a row of `kernel_layout` tells of; ValueError when it tells nothing."""
    pairs = json.loads(columns)
    try:
        names, kinds = zip(*pairs, strict=True)
    except TypeError as reason:
        raise ValueError("no list of columns") from reason
    if not all(isinstance(each, str) for each in (*names, *kinds)):
        raise ValueError("no list of names")
    return Layout(table, names, kinds)


def known_layouts() -> dict[str, Layout]:
    """Every layout that the record may speak of, by key."""
    rows = KnownLayout.objects.values_list("key", "tablename", "columns")
    return {key: layout_from(table, columns) for key, table, columns in rows}
