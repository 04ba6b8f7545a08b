"""The layouts of tables over time: old digests stay computable after a column is added."""

import json

from django.db import connection

from kantoor.kernel.record.models import KnownLayout
from kantoor.kernel.store.tables import Layout, kept_models, layout_of


def note_layouts() -> None:
    """Keep the present layout of every table, where it is not known yet."""
    if KnownLayout._meta.db_table not in connection.introspection.table_names():
        return
    known = set(KnownLayout.objects.values_list("key", flat=True))
    fresh = [layout for layout in map(_layout, kept_models()) if layout and layout.key not in known]
    KnownLayout.objects.bulk_create([_row(layout) for layout in fresh])


def _layout(model: type) -> Layout | None:
    # Django's own tables (sessions, migrations) are not proved by the record.
    return layout_of(model) if hasattr(model, "kept") and _simple_key(model) else None


def _simple_key(model: type) -> bool:
    return model._meta.pk is not None and model._meta.pk.concrete  # type: ignore[attr-defined, no-any-return]


def _row(layout: Layout) -> KnownLayout:
    columns = json.dumps(list(zip(layout.columns, layout.kinds, strict=True)))
    return KnownLayout(key=layout.key, tablename=layout.table, columns=columns)


def known_layouts() -> dict[str, Layout]:
    """Every layout that the record may speak of, by key."""
    found = {}
    for row in KnownLayout.objects.all():
        columns = json.loads(row.columns)
        found[row.key] = Layout(
            row.tablename, tuple(c for c, _ in columns), tuple(k for _, k in columns)
        )
    return found
