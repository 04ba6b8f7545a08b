"""A second company that is the first one's mirror: every row again, with marks in all it says.

The rows are copied in the database itself, without actions, whatever tables there are: a new
department is in it as soon as it has rows in `tests/complete.py`. The first row of each table
has the same key everywhere and names that the other company does not have; the rows after it
have the other company's own numbers and codes. All other texts are marked, and amounts are so
high that whatever they are added to shows it.
"""

import re
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection, models

from kantoor.kernel.actors.models import Company
from kantoor.kernel.store.tables import kept_models

FIRST, NOWHERE = 900_001, 990_001
"""The key of the mirror's first row in every table, and one that no row has."""
NAME, NOBODY = "BETA-0001", "BEHO-0001"
"""What the mirror's first rows are called, and what nothing is called."""
MARK = "BETASECRET"
TIMES = 1_000_003_000
"""What amounts are multiplied by: sums and signs stay right, and no amount of ours is as high."""

SHARED = {
    "django_session": "belongs to browsers",
    "finance_affiliate": "ties two companies; the tests of groups say who sees both",
    "finance_group_member": "ties two companies; the tests of groups say who sees both",
    "finance_mirror": "ties two companies; the tests of groups say who sees both",
    "kernel_attempts": "counts sign-ins, by keyed hashes",
    "kernel_head": "one for the installation",
    "kernel_layout": "the tables of the installation",
    "kernel_role": "the same in every company",
    "kernel_role_permission": "the same in every company",
    "kernel_series": "numbers given; says nothing of anybody",
    "kernel_signed_head": "one for the installation",
    "kernel_subject": "keys of persons; says nothing of them",
}
"""Tables that are no company's."""
SAID_BY_THE_HOUSE = frozenset(
    [
        "action",
        "currency",
        "country",
        "event_type",
        "first",
        "form",
        "how",
        "kind",
        "language",
        "layout",
        "operation",
        "outcome",
        "permission",
        "register",
        "role",
        "second",
        "state",
        "tablename",
        "type",
        "zone",
    ]
)
"""Columns whose words are the program's own."""
ANOTHER_NAME = {"actor_id": "kernel_user", "by_id": "kernel_user", "company_id": "kernel_company"}
"""What columns name that are no foreign keys and not called after their table."""

_REFERENCE = re.compile(r"([a-z_]+)\.([a-z_]+)/(\d+)")


@dataclass
class Mirror:
    """How rows of the first company became rows of the second: old keys and new, by table."""

    company_id: int
    keys: dict[str, dict[int, int]] = field(default_factory=dict)

    def key(self, table: str, old: Any) -> Any:
        """The mirror's key for a row of the first company."""
        return self.keys.get(table, {}).get(old, old)


def mirror(company: Company) -> Mirror:
    """Copy the company with all that is its own, behind the back of everything; gives the copy.

    The guards of the database are away.
    """
    made = Mirror(FIRST)
    counters = _counters()
    copied = [model for model in _in_order() if model._meta.db_table not in SHARED]
    for model in copied:
        _take_keys(made, model, company)
    for model in copied:
        _copy(made, model, company)
    _restore(counters)
    return made


def _counters() -> list[tuple[str, int]]:
    """SQLite's counters; PostgreSQL's don't move when keys are given."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return list(cursor.fetchall())


def _restore(counters: list[tuple[str, int]]) -> None:
    """What the first company makes from now on follows what it had, far from the mirror's keys."""
    with connection.cursor() as cursor:
        for name, last in counters:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, name])


def _in_order() -> Iterator[type[models.Model]]:
    """Every table after those it refers to; what may stay empty holds up no table, since all keys
    are known before and the database looks at them at the end."""
    waiting = {model._meta.db_table: model for model in kept_models()}
    while waiting:
        free = [t for t, model in waiting.items() if not (_targets(model) - {t}) & set(waiting)]
        assert free, f"tables refer to each other in a ring: {sorted(waiting)}"
        for table in free:
            yield waiting.pop(table)


def _targets(model: type[models.Model]) -> set[str]:
    related = (f.related_model for f in model._meta.concrete_fields if f.is_relation and not f.null)
    return {each._meta.db_table for each in related if isinstance(each, type)}


def _rows(model: type[models.Model], company: Company) -> list[dict[str, Any]]:
    """The rows of the first company, as the database has them."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns = [str(each.column) for each in model._meta.concrete_fields]
    only, params = "", list[Any]()
    if table == "kernel_company":
        only, params = "WHERE id = %s", [company.pk]
    elif "company_id" in columns:
        only, params = "WHERE company_id = %s", [company.pk]
    elif table == "kernel_user":
        only = "WHERE kind <> 'system'"
    names = ", ".join(quote(column) for column in columns)
    order = ", ".join(quote(name) for name in _key_columns(model))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {quote(table)} {only} ORDER BY {order}", params)  # noqa: S608
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _key_columns(model: type[models.Model]) -> list[str]:
    return [str(each.column) for each in model._meta.pk_fields]


def _own_key(model: type[models.Model]) -> str | None:
    """The column that numbers the rows of a table by itself."""
    (first, *more) = model._meta.pk_fields
    plain = not more and not first.is_relation and isinstance(first, models.IntegerField)
    return str(first.column) if plain else None


def _take_keys(made: Mirror, model: type[models.Model], company: Company) -> None:
    if (key := _own_key(model)) is not None:
        found = [row[key] for row in _rows(model, company)]
        made.keys[model._meta.db_table] = {old: FIRST + n for n, old in enumerate(found)}


def _copy(made: Mirror, model: type[models.Model], company: Company) -> None:
    table, quote = model._meta.db_table, connection.ops.quote_name
    rows = [
        _changed(made, model, row, n)
        for n, row in enumerate(_rows(model, company))
        if _belongs(made, model, row)
    ]
    if not rows:
        return
    names = ", ".join(quote(column) for column in rows[0])
    slots = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        sql = f"INSERT INTO {quote(table)} ({names}) VALUES ({slots})"  # noqa: S608
        cursor.executemany(sql, [list(row.values()) for row in rows])


def _belongs(made: Mirror, model: type[models.Model], row: Mapping[str, Any]) -> bool:
    """Whether all that a row refers to is of the company (or shared)."""
    for each in model._meta.concrete_fields:
        if each.is_relation and isinstance(each.related_model, type):
            target = each.related_model._meta.db_table
            value = row[str(each.column)]
            if target in made.keys and value is not None and value not in made.keys[target]:
                return False
    return True


def _changed(
    made: Mirror, model: type[models.Model], row: Mapping[str, Any], place: int
) -> dict[str, Any]:
    unique = _unique_columns(model)
    own = _own_key(model)
    found = dict(row)
    for each in model._meta.concrete_fields:
        name, value = str(each.column), row[str(each.column)]
        if value is None:
            continue
        if name == own:
            found[name] = made.key(model._meta.db_table, value)
        elif (target := _target(made, each)) is not None:
            found[name] = made.key(target, value)
        elif isinstance(each, models.CharField | models.TextField):
            found[name] = _text(made, each, str(value), place, unique)
        elif isinstance(each, models.IntegerField) and (
            _alone(each) or (name in unique and not place)
        ):
            small = isinstance(each, models.SmallIntegerField)
            found[name] = value if small else FIRST + place
        elif isinstance(each, models.BigIntegerField) and name not in unique:
            found[name] = value * TIMES if abs(value * TIMES) < 2**63 else value
        elif name == "administrator":
            found[name] = type(value)(0)
    return found


def _target(made: Mirror, column: Any) -> str | None:
    """The table that a column names a row of."""
    if column.is_relation:
        return str(column.related_model._meta.db_table)
    name = str(column.column)
    if name in ANOTHER_NAME:
        return ANOTHER_NAME[name]
    if not name.endswith("_id"):
        return "kernel_record" if name == "seq" else None
    stem = name.removesuffix("_id")
    return next((table for table in made.keys if table.endswith(f"_{stem}")), None)


def _unique_columns(model: type[models.Model]) -> set[str]:
    options = model._meta
    together = [each for each in options.constraints if isinstance(each, models.UniqueConstraint)]
    names = {name for each in together for name in each.fields}
    fields = [f for f in options.concrete_fields if f.unique or f.name in names]
    return {str(f.column) for f in fields if not f.is_relation}


def _alone(column: Any) -> bool:
    """Whether a column is unique by itself, in all companies."""
    constraints = column.model._meta.constraints
    alone = [each.fields for each in constraints if isinstance(each, models.UniqueConstraint)]
    return bool(column.unique) or (column.name,) in alone


def _text(made: Mirror, column: Any, value: str, place: int, unique: set[str]) -> str:
    name, longest = str(column.column), column.max_length or 10_000
    if _REFERENCE.search(value):
        return _REFERENCE.sub(lambda found: _moved(made, found), value)
    if name in unique:
        if _alone(column):
            return f"{NAME}{'' if place == 0 else f'-{place}'}"[-longest:]
        return NAME if place == 0 and longest >= len(NAME) else value
    if name in SAID_BY_THE_HOUSE or longest < len(MARK) or not value:
        return value
    return MARK


def _moved(made: Mirror, found: re.Match[str]) -> str:
    """A reference (`kernel.party/12`) to the mirror's row."""
    department, kind, key = found.groups()
    tables = [f"{department}_{kind}", f"{department}_{kind}s"]
    table = next((each for each in tables if each in made.keys), "")
    return f"{department}.{kind}/{made.key(table, int(key))}"


_WRITES = re.compile(r'(?i)\b(?:INTO|UPDATE|FROM)\s+"?([a-z_]+)"?')
_WRITE = re.compile(r"(?i)\b(?:INSERT|UPDATE|DELETE|REPLACE)\b")
_WRITTEN_ON_POSTGRES = (
    "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
)


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that the database says it wrote to while this lasted, by whatever way.

    A table more does no harm: in these one looks for what changed.
    """
    tables = set[str]()
    connection.ensure_connection()
    driver = connection.connection
    if connection.vendor == "sqlite":
        statements: list[str] = []
        driver.set_trace_callback(statements.append)
        try:
            yield tables
        finally:
            driver.set_trace_callback(None)
            for each in filter(_WRITE.search, statements):
                tables.update(_WRITES.findall(each))
        return
    before = dict(driver.execute(_WRITTEN_ON_POSTGRES).fetchall())
    yield tables
    after = driver.execute(_WRITTEN_ON_POSTGRES).fetchall()
    tables.update(table for table, count in after if count != before.get(table, 0))


def fingerprint(tables: Set[str] | None = None) -> dict[str, dict[Any, tuple[Any, ...]]]:
    """The mirror's rows (in these tables only), to see afterwards that nobody touched them."""
    found = {}
    with connection.cursor() as cursor:
        for model, sql in _own_rows():
            if tables is not None and model._meta.db_table not in tables:
                continue
            # Thousands of times in a run: without what Django does around each statement.
            rows = cursor.cursor.execute(sql).fetchall()
            if connection.vendor == "postgresql":
                rows = [tuple(map(_plain, row)) for row in rows]
            own = _own_key(model) is not None
            found[model._meta.db_table] = {row[0] if own else row: row for row in rows}
    return found


@cache
def _own_rows() -> list[tuple[type[models.Model], str]]:
    """Each table that is the mirror's too, and how to ask for its rows."""
    found = []
    for model in kept_models():
        if (table := model._meta.db_table) not in SHARED:
            key = connection.ops.quote_name(_key_columns(model)[0])
            sql = f"SELECT {key}, * FROM {connection.ops.quote_name(table)}"  # noqa: S608
            found.append((model, f"{sql} WHERE {key} BETWEEN {FIRST} AND {NOWHERE}"))
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


AT_ONCE = 100
"""Counts in one statement; SQLite takes 500 at most."""


def strays(tables: Set[str]) -> list[str]:
    """Rows of the first company, in these tables, that refer to a row of its mirror."""
    found = list[str]()
    with connection.cursor() as cursor:
        for sql in _counts(frozenset(tables)):
            found += [f"{where}: {n}" for where, n in cursor.cursor.execute(sql).fetchall() if n]
    return found


@cache
def _counts(tables: frozenset[str]) -> list[str]:
    """Statements that count, for each column that refers to a table, the rows that stray."""
    counts, quote = [], connection.ops.quote_name
    for model in kept_models():
        table, key = model._meta.db_table, quote(_key_columns(model)[0])
        for each in model._meta.concrete_fields if table in tables else ():
            target = each.related_model if each.is_relation else None
            if not isinstance(target, type) or target._meta.db_table in SHARED:
                continue
            if (column := quote(str(each.column))) == key:
                continue
            counts.append(
                f"SELECT '{table}.{each.column}', count(*) FROM {quote(table)}"  # noqa: S608
                f" WHERE {column} BETWEEN {FIRST} AND {NOWHERE}"
                f" AND {key} NOT BETWEEN {FIRST} AND {NOWHERE}"
            )
    return [
        " UNION ALL ".join(counts[start : start + AT_ONCE])
        for start in range(0, len(counts), AT_ONCE)
    ]
