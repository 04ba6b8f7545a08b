"""Observing: a query asked as the account of the checklists, and an expression that must hold over it.

People tick by hand what only people can see; what the system knows it looks at itself. It looks
as the company's machine account for checklists, which may see what its roles let it and no more,
so that a checklist shows the same to whoever opens it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

import msgspec
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor, actor_for
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.errors import DomainError, InvalidInput, NotAllowed
from kantoor.kernel.expressions import Value, marked, plain, read_expression
from kantoor.kernel.queries import query_named
from kantoor.procedures.models import ChecklistItem, RunItem
from kantoor.procedures.queries.known import House

MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of an item: whether it holds, what was kept of the answer, or why not asked."""

    held: bool
    result: str = ""
    why: str = ""


def account_name(company_id: int) -> str:
    """What the account of a company's checklists signs in as; no procedure's account is called so."""
    return f"checklists@{company_id}"


@dataclass(frozen=True)
class Observer:
    """Looks at items for the actor's company."""

    actor: Actor

    @cached_property
    def machine(self) -> Actor | None:
        """The account of the checklists; None as long as it has no role, or is not there."""
        account = User.objects.filter(sign_in=account_name(self.actor.company_id)).first()
        if account is None:
            return None
        try:
            return actor_for(account, Company.objects.get(pk=self.actor.company_id))
        except NotAllowed:
            return None

    def see(self, item: RunItem, known: Mapping[str, Value]) -> Seen:
        """Ask the item's query, and see whether it holds."""
        try:
            if self.machine is None:
                raise NotAllowed(
                    _("The account {name} has no role here.").format(
                        name=account_name(self.actor.company_id)
                    )
                )
            result = self._ask(self.machine, item, known)
            held = bool(read_expression(item.holds).value({**known, "result": result}))
        except DomainError as refusal:
            return Seen(False, why=force_str(refusal.message)[:500])
        return Seen(held, kept_of(result))

    def _ask(self, machine: Actor, item: RunItem, known: Mapping[str, Value]) -> Value:
        declared = query_named(item.query)
        if declared is None or not declared.exposed:
            raise InvalidInput(_("There is no query “{name}” here.").format(name=item.query))
        given = {
            name: read_expression(text).value(known)
            for name, text in msgspec.json.decode(item.given, type=dict[str, str]).items()
        }
        try:
            read = msgspec.convert(given, declared.parameters, strict=False)
        except msgspec.ValidationError as error:
            raise InvalidInput(str(error)) from None
        named = {name: getattr(read, name) for name in read.__struct_fields__}
        return plain(declared.call(machine, **named))

    def faults(self, item: ChecklistItem, inputs: frozenset[str]) -> Iterator[str]:
        """Why an observed item can't be looked at, in sentences."""
        house = House(self.actor, self.machine)
        known = house.query(item.query)
        if known is None:
            yield _("There is no query “{name}” here.").format(name=item.query)
            return
        if not house.may(known.permission):
            yield _("{account} may not ask {query}: give it a role with {permission}.").format(
                account=account_name(self.actor.company_id), query=item.query,
                permission=known.permission,
            )  # fmt: skip
        given = msgspec.json.decode(item.given, type=dict[str, str])
        for name in sorted(given.keys() - known.parameters.keys()):
            yield _("{query} does not take “{name}”.").format(query=item.query, name=name)
        for name, parameter in known.parameters.items():
            if parameter.required and name not in given:
                yield _("{query} needs “{name}”.").format(query=item.query, name=name)
        for text in given.values():
            yield from _strange(text, inputs)
        yield from _strange(item.holds, inputs | {"result"})
        for event in item.listens.split():
            if house.event(event) is None:
                yield _("No department tells “{name}”.").format(name=event)


def _strange(text: str, names: frozenset[str]) -> Iterator[str]:
    """What is wrong with an expression, or which name it uses is not known."""
    try:
        used = read_expression(text).names
    except DomainError as wrong:
        yield force_str(wrong.message)
        return
    for name in sorted(used - names - {"today"}):
        yield _("“{text}”: {name} is not known.").format(text=text[:80], name=name)


def kept_of(result: Value) -> str:
    """What is kept of an answer, as JSON: figures, days, yes and no, and how long lists are.

    An observation is sealed and can't be erased with a person: no text of the answer is in it.
    """
    text = msgspec.json.encode(marked(_figures(result))).decode()
    return text if len(text) <= MOST_KEPT else msgspec.json.encode({"length": len(text)}).decode()


def _figures(value: Value) -> Value:
    if value is None or isinstance(value, bool | int | Decimal | date | datetime):
        return value
    if isinstance(value, dict):
        return {
            name: _figures(each)
            for name, each in value.items()
            if not isinstance(each, str)
        }  # fmt: skip
    return len(value) if isinstance(value, list) else None
