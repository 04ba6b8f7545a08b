"""Several questions in one trip to the database.

PostgreSQL takes half as long to answer three short statements that are sent together as one after
another, since each answer is waited for; SQLite is in the same process and is asked one by one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from kantoor.kernel.store.pipeline import run_often, run_together
from kantoor.kernel.store.raw import run

A = TypeVar("A", covariant=True)
B = TypeVar("B")
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Question(Generic[A]):
    """A statement with what is made of its rows; its parameters' types follow from the statement.

    It depends on no other that is asked with it.
    """

    sql: str
    params: Sequence[Any]
    read: Callable[[list[tuple[Any, ...]]], A]
    often: bool = True
    """Whether PostgreSQL keeps its plan; not where it hardly ever comes again in the same words."""


def ask(question: Question[A]) -> A:
    """What one question gives."""
    perform = run_often if question.often else run
    return question.read(perform(question.sql, question.params))


@overload
def ask_together(first: Question[A], second: Question[B], /) -> tuple[A, B]: ...
@overload
def ask_together(
    first: Question[A], second: Question[B], third: Question[C], /
) -> tuple[A, B, C]: ...
def ask_together(*questions: Question[Any]) -> tuple[Any, ...]:
    """What each of several questions gives, performed in their order."""
    return tuple(ask_all(questions))


def ask_all(questions: Sequence[Question[Any]]) -> list[Any]:
    """The same for any number of questions, as they were found."""
    found = run_together([(each.sql, each.params, each.often) for each in questions])
    return [each.read(rows) for each, rows in zip(questions, found, strict=True)]
