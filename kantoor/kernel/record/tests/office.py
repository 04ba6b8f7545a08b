"""A small office for the tests of the record: a company, its people, and a way to write."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils import timezone

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.parties.models import Party
from kantoor.kernel.record.erasure import new_subjects
from kantoor.kernel.record.verify.system import Verification, verify
from kantoor.kernel.store.guards import guards

EVERYTHING = frozenset({"*"})


@action(permission="tests.write", title="Write for a test", hidden=True)
def write_for_test(actor: Actor, /, *, work: object) -> object:
    """Perform any work as an action."""
    assert callable(work)
    return work()


@action(permission="tests.write", title="Call another", hidden=True)
def call_for_test(actor: Actor, /, *, work: object) -> object:
    """As `write_for_test`, so that one may call the other."""
    assert callable(work)
    return work()


def founded(name: str = "Bakkerij De Ster") -> Actor:
    """A company and somebody who may do everything in it."""
    nobody = Actor(user_id=None, name="Kantoor", company_id=0, permissions=EVERYTHING)

    def found() -> tuple[int, int]:
        now = timezone.now()
        company = Company.objects.create(
            name=name, country="NL", currency="EUR", chart="plain", created_at=now
        )
        user = User.objects.create(
            sign_in=f"anne@{company.pk}.example",
            name="Anne de Vries",
            created_at=now,
            subject_id=new_subjects(1)[0],
        )
        return company.pk, user.pk

    company_id, user_id = perform(nobody, found)
    return Actor(
        user_id=user_id, name="Anne de Vries", company_id=company_id, permissions=EVERYTHING
    )


def perform(actor: Actor, work: Callable[[], Any]) -> Any:
    """Do some work as an action."""
    return write_for_test(actor, work=work)


def person(actor: Actor, name: str = "Jan Pietersen", code: str = "D1") -> Party:
    """A party that is a person, with a key of their own."""

    def add() -> Party:
        return Party.objects.create(
            subject_id=new_subjects(1)[0],
            company_id=actor.company_id,
            code=code,
            kind="person",
            name=name,
            email="jan@pietersen.example",
            city="Zutphen",
            created_at=timezone.now(),
        )

    party: Party = perform(actor, add)
    return party


def organisation(actor: Actor, name: str = "Molen BV", code: str = "D9") -> Party:
    """A party that is an organisation: its name is no personal data."""

    def add() -> Party:
        return Party.objects.create(
            company_id=actor.company_id, code=code, name=name, created_at=timezone.now()
        )

    party: Party = perform(actor, add)
    return party


def by_hand(sql: str, *params: Any) -> None:
    """Change the database behind the record's back, with the guards taken away."""
    with connection.cursor() as cursor:
        for guard in guards():
            on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")
        cursor.execute(sql, params)


def user_of(actor: Actor) -> int:
    """The key of the user who acts."""
    assert actor.user_id is not None
    return actor.user_id


def places(found: Verification | None = None) -> list[str]:
    """Where `verify` finds faults, apart from the guards that a test took away."""
    return [fault.where for fault in faults(found)]


def faults(found: Verification | None = None) -> list[Any]:
    """What `verify` finds, apart from the guards that a test took away."""
    found = found if found is not None else verify()
    return [fault for fault in found.faults if " guard " not in fault.where]
