"""The base of every model: rows change only inside an action, and the record is told."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

from kantoor.kernel.actions import unit
from kantoor.kernel.store.asking import Question, ask_all
from kantoor.kernel.store.changing import change_rows, plain_values
from kantoor.kernel.store.fits import refuse_misfits
from kantoor.kernel.store.ids import ids_of, take_ids
from kantoor.kernel.store.kept import Kept
from kantoor.kernel.store.lookup import keyed
from kantoor.kernel.store.objects import rows_of
from kantoor.kernel.store.pipeline import with_the_next

M = TypeVar("M", bound=models.Model)


class KeptQuerySet(models.QuerySet[M]):
    """A query set whose writes are noted in the unit of work, in bulk."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        assert not args and not kwargs, "upserts hide what changed; read, then write"
        listed = list(objs)
        if not listed:
            return []
        refuse_misfits(listed)
        _insert(self.model, listed, take_ids(self.model, len(listed)), self.db)
        return listed

    def bulk_update(  # type: ignore[override]
        self, objs: Iterable[M], fields: Sequence[str], batch_size: int | None = 500
    ) -> int:
        listed = list(objs)
        refuse_misfits(listed)
        if not listed:
            return 0
        unit.touched(self.model, [obj.pk for obj in listed], "u")
        if plain_values(listed, self.model, fields):
            change_rows(self.model, listed, fields)
            return len(listed)
        # Django's bulk_update calls update(), which would touch each batch once more.
        return models.QuerySet[M](self.model, using=self.db).bulk_update(listed, fields, batch_size)

    def update(self, **kwargs: Any) -> int:
        keys = self._locked_keys()
        unit.touched(self.model, keys, "u")
        return sum(
            models.QuerySet[M](self.model, using=self.db).filter(pk__in=some).update(**kwargs)
            for some in _some(keys)
        )

    def delete(self) -> tuple[int, dict[str, int]]:
        keys = self._locked_keys()
        unit.touched(self.model, keys, "d")
        counts: Counter[str] = Counter()
        for some in _some(keys):
            rows = models.QuerySet[M](self.model, using=self.db).filter(pk__in=some)
            counts.update(rows.delete()[1])
        return counts.total(), dict(counts)

    def _locked_keys(self) -> list[int]:
        """The rows meant, and no other: one that comes in meanwhile would go unrecorded."""
        if connection.vendor != "postgresql":
            return list(self.order_by("pk").values_list("pk", flat=True))
        # Locked from without, since a query with joins or groups can't be locked itself.
        meant = models.QuerySet[M](self.model, using=self.db).filter(pk__in=self.values("pk"))
        return list(meant.select_for_update().order_by("pk").values_list("pk", flat=True))


def _some(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Keys in lots that a statement can take."""
    return (keys[start : start + 500] for start in range(0, len(keys), 500))


class KeptModel(models.Model):
    """Base of the models whose rows the record proves.

    `kept` says how; `subject_field` names the column with the person's key when the row holds
    personal data, so that its states are encrypted and can be erased (see record/erasure.py).
    """

    kept: ClassVar[Kept] = Kept.STATE
    subject_field: ClassVar[str] = ""
    erased_as: ClassVar[Mapping[str, object]] = {}
    """What each personal field becomes when its person is erased; `{pk}` in a text is the row."""
    id = models.BigAutoField(primary_key=True)

    objects: ClassVar[models.Manager[Self]] = KeptQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        operation = "i" if self._state.adding else "u"
        refuse_misfits([self])
        if self._state.adding and not self.pk:
            self.pk = take_ids(type(self), 1)
            kwargs["force_insert"] = True
        super().save(*args, **kwargs)
        unit.touched(type(self), [self.pk], operation)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        unit.touched(type(self), [self.pk], "d")
        return super().delete(*args, **kwargs)


def deletion(model: type[KeptModel], keys: Collection[int]) -> Question[None]:
    """Delete these rows (at least one) as a query set does, to be asked with other questions.

    For models to which no others refer.
    """
    assert not model._meta.related_objects
    table = connection.ops.quote_name(model._meta.db_table)
    sql, params, often = keyed(
        f"DELETE FROM {table} WHERE id IN ({{}}) RETURNING id",  # noqa: S608
        [],
        sorted(keys),
    )
    return Question(
        sql, params, lambda rows: unit.touched(model, [key for (key,) in rows], "d"), often
    )


def create_together(*several: Sequence[KeptModel], before: Sequence[Question[Any]] = ()) -> None:
    """Insert new objects, each list of one model, as `bulk_create` does; asked in one trip.

    What is to be asked `before` goes with it. PostgreSQL hears of the rows with whatever it is
    asked next (store/pipeline.py).
    """
    lists = [listed for listed in several if listed]
    for listed in lists:
        refuse_misfits(listed)
    wanted = [(type(listed[0]), len(listed)) for listed in lists]
    questions = [*before, ids_of(*wanted)] if wanted else before
    if not questions:
        return
    firsts = ask_all(questions)[len(before) :]
    with with_the_next(max(map(len, lists), default=0)):
        for listed, first in zip(lists, firsts[0] if firsts else (), strict=True):
            _insert(type(listed[0]), listed, first, DEFAULT_DB_ALIAS)


def _insert(model: type[Any], objs: Sequence[Any], first: int, alias: str) -> None:
    for number, obj in enumerate(objs, first):
        obj.pk = number
    unit.inserted(model, rows_of(model, objs))
    for obj in objs:
        obj._state.adding, obj._state.db = False, alias


def insert_rows(model: type[KeptModel], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert many rows of contiguous identifiers, fast, and note them in the record.

    Rows hold canonical values (see store/tables.py) for all columns in the model's order, the
    identifier from `take_ids` first.
    """
    unit.inserted(model, rows)
