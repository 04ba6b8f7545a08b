"""Actions and queries, called with what another company has: they tell and do nothing of it."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import msgspec
import pytest
from django.db import DataError
from django.utils import timezone
from msgspec import inspect as kinds

from kantoor.kernel.actions.registry import Action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.queries import Query
from tests.access.mirror import (
    FIRST,
    NAME,
    NOBODY,
    NOWHERE,
    fingerprint,
    strays,
    written,
)
from tests.access.office import EVERYTHING, Call, Office
from tests.access.test_foreign import (
    NUMBERS,
    VALUES,
    actions,
    as_nothing,
    as_text,
    difference,
    fields,
    leak,
    queries,
    references,
)
from tests.undone import undone

pytestmark = pytest.mark.django_db


def tried(work: Callable[[], Any]) -> str:
    """What came of it, as text."""
    try:
        return f"gave {as_text(work())}"
    except DomainError as error:
        return f"refused {error.code} {error.status} {error}"
    except (TypeError, AssertionError, msgspec.ValidationError, DataError) as error:
        return f"failed {type(error).__name__}"


def filled(kind: Any, text: str, key: int) -> Any:
    """A value of a type in which every text and number is one of these."""
    if isinstance(kind, kinds.UnionType):
        known = [each for each in kind.types if not isinstance(each, kinds.NoneType)]
        return filled(known[0], text, key)
    if isinstance(kind, kinds.IntType) and kind.le is not None and kind.le < key:
        return kind.le  # a month, a percentage: no key of a row
    if isinstance(kind, kinds.LiteralType):
        return kind.values[0]
    if isinstance(kind, kinds.StructType | kinds.DataclassType | kinds.NamedTupleType):
        made = {each.encode_name: filled(each.type, text, key) for each in kind.fields}
        return list(made.values()) if isinstance(kind, kinds.NamedTupleType) else made
    if isinstance(kind, kinds.TupleType):
        return [filled(each, text, key) for each in kind.item_types]
    if isinstance(kind, kinds.DictType):
        return {filled(kind.key_type, text, key): filled(kind.value_type, text, key)}
    if isinstance(kind, kinds.CollectionType):
        return [filled(kind.item_type, text, key)]
    plain: dict[type, Any] = {
        kinds.StrType: text,
        kinds.IntType: key,
        kinds.DecimalType: Decimal(1),
        kinds.DateType: date(2011, 1, 31),
        kinds.DateTimeType: datetime(2011, 1, 31, tzinfo=timezone.get_default_timezone()),
        kinds.BoolType: False,
        kinds.BytesType: b"x",
    }
    return next((each for known, each in plain.items() if isinstance(kind, known)), None)


def parameters_of(each: Action | Query, names: set[str], text: str, key: int) -> dict[str, Any]:
    """Parameters in which these are said, and what has to be said."""
    given = {
        field.name: filled(field.type, text if field.name in names else "x", key)
        for field in fields(each.parameters)
        if field.required or field.name in names
    }
    made = msgspec.convert(given, each.parameters, strict=False)
    return {name: getattr(made, name) for name in given}


def told_alike(each: Action | Query, actor: Actor, theirs: Any, nobodys: Any) -> str:
    """What differs between asking for something of the other company and for nothing."""
    outcomes = []
    for given in (theirs, nobodys):
        with undone():
            outcome = as_nothing(tried(partial(each.call, actor, **given)))
            outcomes.append(without_news(outcome) if isinstance(each, Action) else outcome)
    if outcomes[0] == outcomes[1]:
        return ""
    return f"{each.name} {theirs}: {difference(*outcomes)}"


def test_queries_tell_nothing_of_its_things(office: Office) -> None:
    actor, wrong = office.people[EVERYTHING], []
    for ask in queries():
        asked = set[str]()
        if not all(makes_sense(field.type) for field in fields(ask.parameters)):
            continue
        for names, theirs, nobodys in questions(ask):
            mine = parameters_of(ask, names, theirs, FIRST)
            none = parameters_of(ask, names, nobodys, NOWHERE)
            # Another text makes no other question where only a number or a day is asked.
            if mine == none or (question := repr(mine)) in asked:
                continue
            asked.add(question)
            if said := told_alike(ask, actor, mine, none):
                wrong.append(said)
        with undone():
            if found := leak(tried(partial(ask.call, actor))):
                wrong.append(f"{ask.name}: …{found}…")
    assert wrong == []


NO_REFERENCE = frozenset(
    [
        "action",
        "code",
        "cursor",
        "department",
        "outcome",
        "register",
        "search",
        "sign_in",
        "sort",
        "source",
        "state",
        "type",
    ]
)
"""Parameters that never name a row, whatever is said in them."""


def questions(ask: Query) -> Iterator[tuple[set[str], str, str]]:
    """Which parameters to say, what of the other company in them, and what of nobody."""
    every = {field.name for field in fields(ask.parameters)}
    for names in [*({name} for name in sorted(every)), every]:
        for theirs, nobodys in (VALUES | NUMBERS).items():
            yield names, theirs, nobodys
    if ask.name.startswith("kernel."):  # the kernel shows rows of every department
        for name in sorted(every - NO_REFERENCE):
            for theirs, nobodys in references().items():
                yield {name}, theirs, nobodys


def makes_sense(kind: Any) -> bool:
    """Whether a type has values that can be made up."""
    parts = getattr(kind, "types", None) or [getattr(kind, "item_type", None)]
    return not isinstance(kind, kinds.CustomType | kinds.AnyType) and all(
        makes_sense(each) for each in parts if each is not None
    )


ONE_NAMESPACE = {
    "kernel.add_user": "names to sign in with are unique in the installation",
    "kernel.change_company": "names of companies are unique in the installation",
}
"""Actions that have to say that a name is taken, whoever has it."""


def changed(before: Mapping[str, Any], tables: set[str]) -> list[str]:
    """Tables of the other company in which something changed, or that one's own now refer to."""
    now = fingerprint(tables)
    touched = [table for table in now if not before[table].items() <= now[table].items()]
    return touched + strays(tables)


def test_actions_do_nothing_with_its_things(office: Office) -> None:
    actor, before, wrong = office.people[EVERYTHING], fingerprint(), []
    for act in actions():
        shape = fields(act.parameters)
        if not all(makes_sense(field.type) for field in shape):
            assert act.hidden, f"{act.name} takes what no face can give"
            continue
        for names in ({field.name for field in shape}, {f.name for f in shape if f.required}):
            mine = parameters_of(act, names, NAME, FIRST)
            none = parameters_of(act, names, NOBODY, NOWHERE)
            said = told_alike(act, actor, mine, none)
            if said and act.name not in ONE_NAMESPACE:
                wrong.append(said)
        with undone():
            with written() as tables:
                tried(partial(act.call, actor, **mine))
            if not act.hidden:  # such are called with keys that were looked up already
                wrong += [f"{act.name} changed {table}" for table in changed(before, tables)]
    assert wrong == []


def test_nothing_of_its_slips_in_among_ones_own(office: Office) -> None:
    """Calls that were good, with one value of the other company in them."""
    actor, before, wrong = office.people[EVERYTHING], fingerprint(), []
    seen = set[str]()
    for call in distinct(office.calls):
        plain = msgspec.to_builtins(dict(call.parameters), enc_hook=repr)
        for theirs, nobodys in slipped_in(plain):
            with undone():
                with written() as tables:
                    found = again(call, actor, theirs)
                name = call.action.name
                wrong += [f"{name} {theirs} changed {table}" for table in changed(before, tables)]
                seen |= tables
            with undone():
                expected = again(call, actor, nobodys)
            if found != expected and name not in ONE_NAMESPACE:
                wrong.append(f"{name} {theirs}: {difference(found, expected)}")
    assert wrong == []
    assert len(seen & before.keys()) > 50, "what is written is looked at"


def again(call: Call, actor: Actor, given: Mapping[str, Any]) -> str:
    """What comes of the call with other parameters, without what is new each time."""

    def work() -> Any:
        made = msgspec.convert(given, call.action.parameters, strict=False)
        return call.action.call(actor, **{name: getattr(made, name) for name in given})

    return without_news(as_nothing(tried(work)))


def without_news(outcome: str) -> str:
    """What was given, without the keys, numbers, moments and signed tokens that are new each time."""
    if not outcome.startswith("gave"):
        return outcome
    return re.sub(r"\d+", "0", TOKEN.sub("@", outcome))


TOKEN = re.compile(r"\b[a-z][0-9a-z]+\.[0-9a-z]+\.[a-z2-7]{16}\b")
"""A token of the kernel (mail/tokens.py): it signs the key of the row that was just made."""


def distinct(calls: list[Call]) -> list[Call]:
    """One call of each action that a face could make."""
    found: dict[str, Call] = {}
    for call in calls:
        if not call.action.hidden and "tests" not in call.action.function.__module__.split("."):
            found[call.action.name] = call
    return list(found.values())


QUANTITIES = re.compile(r"(amount|minor|net|gross|limit|days|line)$")
"""Numbers that name nothing."""


def slipped_in(given: Any, name: str = "") -> Iterator[tuple[Any, Any]]:
    """The value with one text or number of it replaced: by theirs, and by nobody's."""
    if isinstance(given, str):
        yield from VALUES.items()
    elif isinstance(given, int) and not isinstance(given, bool):
        if not QUANTITIES.search(name):
            yield FIRST, NOWHERE
    elif isinstance(given, dict):
        for name, value in given.items():
            for theirs, nobodys in slipped_in(value, name):
                yield {**given, name: theirs}, {**given, name: nobodys}
    elif isinstance(given, list) and given:
        for theirs, nobodys in slipped_in(given[0], name):
            yield [theirs, *given[1:]], [nobodys, *given[1:]]
