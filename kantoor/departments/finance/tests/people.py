"""Companies, actors and entries for tests, made with few words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from kantoor.departments.finance.actions.books import set_up_books
from kantoor.departments.finance.actions.entries import post_entries
from kantoor.departments.finance.drafts import EntryDraft, LineDraft, Posted
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, actor_for
from kantoor.kernel.actors.models import Company, Grant, Role, RolePermission, User
from kantoor.kernel.parties.models import Party
from tests.remembered import remembered

BANK, RECEIVABLES, SHARES, RETAINED = "10201", "13011", "05011", "05401"
SALES, PURCHASES, SUSPENSE, VAT = "80301", "70251", "14590", "16221"
"""Accounts of the Dutch chart."""

FOUNDER = Actor(user_id=None, name="founder", company_id=0, permissions=frozenset({"*"}))


@dataclass(frozen=True)
class Books:
    """A company with books: `anne` may do everything, `bob` what a test gives him."""

    anne: Actor
    company_id: int

    def bob(self, *permissions: str, **changes: Any) -> Actor:
        """Somebody with these permissions only."""
        return replace(
            self.anne,
            name="Bob",
            user_id=a_user("Bob"),
            permissions=frozenset(permissions),
            **changes,
        )

    def post(self, *entries: EntryDraft) -> Posted:
        """Post entries as Anne."""
        return post_entries(self.anne, entries=entries)


def begin_books(
    name: str, *, country: str = "NL", currency: str = "EUR", chart: str = "nl"
) -> Books:
    """Found a company and set up its books."""
    return remembered(
        ("books", name, country, currency, chart),
        lambda: _begun(name, country=country, currency=currency, chart=chart),
    )


def _begun(name: str, *, country: str, currency: str, chart: str) -> Books:
    company = found_company(FOUNDER, name=name, country=country, currency=currency, chart=chart)
    anne = Actor(
        user_id=a_user("Anne"),
        name="Anne",
        company_id=company,
        currency=currency,
        country=country,
        permissions=frozenset({"*"}),
    )
    set_up_books(anne, chart=chart)
    return Books(anne, company)


def a_user(name: str) -> int:
    """The user of that name, made where there is none."""
    known = User.objects.filter(sign_in=name.lower()).first()
    return known.pk if known else add_person(FOUNDER, name=name)


def entry(on: str | date, *lines: tuple[str, int], text: str = "Test", **more: Any) -> EntryDraft:
    """An entry of accounts with amounts (debit positive)."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    drafts = [LineDraft(account=account, amount=amount) for account, amount in lines]
    return EntryDraft(date=day, lines=drafts, text=text, **more)


def sale(on: str | date, amount: int, **more: Any) -> EntryDraft:
    """Money in the bank for something sold."""
    return entry(on, (BANK, amount), (SALES, -amount), **more)


def add_parties(books: Books, codes: Sequence[str]) -> None:
    """Parties with these codes."""
    add_party_rows(books.anne, codes=codes)


@action(permission="tests.write", title="Found a company", hidden=True)
def found_company(actor: Actor, /, *, name: str, country: str, currency: str, chart: str) -> int:
    """A company without books."""
    return Company.objects.create(
        name=name, country=country, currency=currency, chart=chart, created_at=timezone.now()
    ).pk


@action(permission="tests.write", title="Add a person", hidden=True)
def add_person(actor: Actor, /, *, name: str) -> int:
    """A user."""
    return User.objects.create(sign_in=name.lower(), name=name, created_at=timezone.now()).pk


@action(permission="tests.write", title="Add parties", hidden=True)
def add_party_rows(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """Parties of the actor's company."""
    Party.objects.bulk_create(
        Party(
            company_id=actor.company_id, code=code, name=f"Party {code}", created_at=timezone.now()
        )
        for code in codes
    )


def employ(books: Books, name: str, permissions: Mapping[str, int | None]) -> Actor:
    """A user with a role in the company that grants these, each with its amount limit."""
    user = User.objects.get(pk=a_user(name))
    employ_user(books.anne, user_id=user.pk, permissions=permissions)
    return actor_for(user, Company.objects.get(pk=books.company_id))


@action(permission="tests.write", title="Employ somebody", hidden=True)
def employ_user(actor: Actor, /, *, user_id: int, permissions: Mapping[str, int | None]) -> None:
    """Give a user a role of its own."""
    role = Role.objects.create(code=f"role-{user_id}", name_en="Role", name_nl="Rol")
    RolePermission.objects.bulk_create(
        RolePermission(role=role, permission=code, limit_minor=most)
        for code, most in permissions.items()
    )
    Grant.objects.create(
        user_id=user_id, role=role, company_id=actor.company_id, granted_at=timezone.now()
    )
