"""A table gets a column while it has rows: what happens to their proof."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from kantoor.kernel.actors.models import IdempotencyKey
from kantoor.kernel.apps import _after_migrations
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.bodies import _layout_key
from kantoor.kernel.record.tests.office import (
    by_hand,
    founded,
    organisation,
    perform,
    person,
    places,
)
from kantoor.kernel.record.tests.test_verify_rows import _keys
from kantoor.kernel.store.bulk import _insert
from kantoor.kernel.store.tables import layout_of


@contextmanager
def another_column(model: type[models.Model], field: Any, name: str) -> Iterator[None]:
    """Give a model and its table one more column, as a migration does."""
    field.set_attributes_from_name(name)
    # PostgreSQL alters no table while a constraint on its rows is still to be checked.
    connection.check_constraints()
    with connection.schema_editor() as editor:
        field.model = model
        editor.add_field(model, field)
    field.contribute_to_class(model, name)
    _forget()
    try:
        yield
    finally:
        model._meta.local_fields.remove(field)
        model._meta._expire_cache()  # type: ignore[attr-defined]
        delattr(model, name)
        _forget()


def _forget() -> None:
    for each in (layout_of, _layout_key, _insert):
        each.cache_clear()


def grow() -> None:
    """The story, on whatever database is at hand."""
    anne = founded()
    person(anne, code="A"), organisation(anne, code="B"), organisation(anne, code="C")
    gone = organisation(anne, code="D")
    perform(anne, lambda: gone.delete())
    _keys(anne, 3)
    far = Party(pk=1 << 62, company_id=anne.company_id, code="F", created_at=gone.created_at)
    perform(anne, lambda: far.save(force_insert=True))  # what lies between would take for ever
    (spoilt,) = Party.objects.filter(code="C").values_list("pk", flat=True)
    assert places() == []
    by_hand("UPDATE kernel_party SET city = 'Assen' WHERE code = 'C'")
    nickname = models.CharField(max_length=20, default="none")
    weight = models.IntegerField(null=True)
    with (
        another_column(Party, nickname, "nickname"),
        another_column(IdempotencyKey, weight, "weight"),
    ):
        assert {"kernel_party column nickname", "kernel_idempotency_key column weight"} <= set(
            places()
        )
        _after_migrations(plan=["something"])
        # Nobody hides behind a migration: the row that was changed before it is still named.
        left = set(places())
        assert f"kernel_party row {spoilt} column city" in left
        assert left <= {f"kernel_party row {spoilt} column city", "kernel_party column nickname"}
        by_hand("UPDATE kernel_party SET city = '' WHERE code = 'C'")
        _after_migrations(plan=["something"])
        assert places() == []
        # From now on the new columns are proved as well.
        by_hand("UPDATE kernel_party SET nickname = 'Molen' WHERE code = 'B'")
        by_hand("UPDATE kernel_idempotency_key SET weight = 7 WHERE key = 'key 1'")
        (party,) = Party.objects.filter(code="B").values_list("pk", flat=True)
        (sealed,) = IdempotencyKey.objects.filter(key="key 1").values_list("pk", flat=True)
        assert places() == [
            f"kernel_idempotency_key row {sealed}",
            f"kernel_party row {party} column nickname",
        ]
        by_hand("UPDATE kernel_party SET nickname = 'none' WHERE code = 'B'")
        by_hand("UPDATE kernel_idempotency_key SET weight = NULL WHERE key = 'key 1'")
        wanted: Any = {"nickname": "Mill"}
        perform(anne, lambda: Party.objects.filter(code="B").update(**wanted))
        fresh = organisation(anne, code="E")
        assert fresh.pk > gone.pk if gone.pk else True
        assert places() == []
    print("grown")
