"""Letters to colleagues: that they must agree to a request, and that a deadline passed.

They hold numbers, and no words of who asked: whoever reads them opens the page. A letter lists all
that one act tells one person, and the same again is not sent twice. A reply belongs to no case, so
that a colleague does not come to take part in it by accident: it comes in as any other mail.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext, override

from kantoor.departments.ict.actions.mail.answering import outgoing_mailboxes
from kantoor.departments.ict.models import Case, Escalation, ServiceRequest
from kantoor.departments.ict.models.catalogue.requests import ASKED
from kantoor.kernel.actors.actor import Actor, covers
from kantoor.kernel.actors.models import Grant, User
from kantoor.kernel.mail.models import MailOut
from kantoor.kernel.mail.outgoing import Addressee, Letter, write_letters
from kantoor.kernel.parties.models import PartyUser
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.keyring import secrets

LETTER = "n"
"""The letter of notices in tokens."""
MANAGE = "ict.manage_desk"
MOST = 50
"""Lines of one letter; the page shows them all."""


def tell_of_requests(actor: Actor, case_ids: Sequence[int]) -> int:
    """Write to who must agree to the requests of these cases; gives how many letters there are."""
    rows = scoped(actor, ServiceRequest).filter(case__in=case_ids, state=ASKED)
    waiting = list(rows.select_related("case", "item").order_by("pk"))
    by_role = _with_role(actor, {row.approver_role for row in waiting if row.approver_role})
    managers = _managers(actor) if any(_falls_to_managers(row) for row in waiting) else []
    told: dict[int, list[ServiceRequest]] = {}
    for row in waiting:
        users = [row.approver_id] if row.approver_id else by_role.get(row.approver_role, managers)
        for user in users:
            if user != row.asked_by:
                told.setdefault(user, []).append(row)
    return _write(
        actor,
        {
            user: [f"request {row.pk} {row.case.reopened}" for row in of]
            for user, of in told.items()
        },
        {user: [(row.case, row.item.name) for row in of] for user, of in told.items()},
        "decisions",
    )


def tell_of_deadlines(actor: Actor, keys: Sequence[int]) -> int:
    """Write to who hears of these deadlines that passed; gives how many letters there are."""
    rows = scoped(actor, Escalation).filter(pk__in=keys, case__is_open=True)
    passed = list(rows.select_related("case__queue").order_by("pk"))
    managers = _managers(actor) if any(row.user_id is None for row in passed) else []
    told: dict[int, list[Escalation]] = {}
    for row in passed:
        for user in managers if row.user_id is None else [row.user_id]:
            told.setdefault(user, []).append(row)
    return _write(
        actor,
        {user: [f"deadline {row.pk}" for row in of] for user, of in told.items()},
        {user: [(row.case, _queue(row.case)) for row in of] for user, of in told.items()},
        "cases",
    )


def _queue(case: Case) -> str:
    return case.queue.name if case.queue else ""


def _falls_to_managers(row: ServiceRequest) -> bool:
    return row.approver_id is None and not row.approver_role


def _with_role(actor: Actor, codes: Iterable[str]) -> dict[str, list[int]]:
    """Who has each of these roles in the company."""
    found: dict[str, list[int]] = {code: [] for code in codes}
    rows = Grant.objects.filter(
        company=actor.company_id, ended_at=None, role__code__in=found, user__active=True
    )
    for code, user in rows.order_by("user").values_list("role__code", "user").distinct():
        found[code].append(user)
    return found


def _managers(actor: Actor) -> list[int]:
    """Who manages the desk: by a role, or as an administrator, who may do everything."""
    rows = Grant.objects.filter(company=actor.company_id, ended_at=None, user__active=True)
    pairs = rows.values_list("user", "role__permissions__permission")
    by_role = {
        user for user, permission in pairs if permission and covers(frozenset({permission}), MANAGE)
    }
    all_may = User.objects.filter(administrator=True, active=True, kind="person")
    return sorted(by_role.union(all_may.values_list("pk", flat=True)))


def _write(
    actor: Actor,
    keys: Mapping[int, Sequence[str]],
    about: Mapping[int, Sequence[tuple[Case, str]]],
    page: str,
) -> int:
    """A letter for each user, unless one of the same things went to them before."""
    box = next(iter(outgoing_mailboxes(actor).values()), None)
    if box is None or not about:
        return 0
    people = _addresses(actor, about)
    domain = box.address.rpartition("@")[2]
    ids = {user: f"{_digest(user, keys[user])}@{domain}" for user in people}
    rows = scoped(actor, MailOut).filter(message_id__in=ids.values())
    sent = set(rows.values_list("message_id", flat=True))
    letters = []
    for user, (person, address) in people.items():
        if ids[user] in sent:
            continue
        with override(person.language):
            subject, body = _words(about[user], page)
        letters.append(
            Letter(
                box, f"ict.notice/{user}", (LETTER, user), subject, body,
                [Addressee(person.name, address)], automatic=True, message_id=ids[user],
            )
        )  # fmt: skip
    write_letters(actor, letters)
    return len(letters)


def _words(about: Sequence[tuple[Case, str]], page: str) -> tuple[str, str]:
    """Subject and text in the language that holds."""
    numbers = ", ".join(str(case) for case, _name in about[:3]) + ("…" if len(about) > 3 else "")
    if page == "decisions":
        subject = gettext("To decide: {numbers}").format(numbers=numbers)
        first = gettext("A colleague asks for something that you have to agree to:")
    else:
        subject = gettext("Deadline passed: {numbers}").format(numbers=numbers)
        first = gettext("A deadline passed of what is not solved yet:")
    lines = [f"{case} {name}\n{_at(f'/ict/{page}/{case}')}".strip() for case, name in about[:MOST]]
    return subject, "\n\n".join([first, *lines])


def _at(path: str) -> str:
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else ""


def _addresses(actor: Actor, users: Iterable[int]) -> dict[int, tuple[User, str]]:
    """The accounts with their e-mail address: their own, else that of the employee they are."""
    rows = scoped(actor, PartyUser).filter(user__in=users).values_list("user", "party__email")
    known = dict(rows)
    people = User.objects.filter(Q(pk__in=users), active=True).order_by("pk")
    found = {
        each.pk: (each, (each.email or known.get(each.pk, "")).strip().lower()) for each in people
    }
    return {key: pair for key, pair in found.items() if pair[1]}


def _digest(user: int, keys: Sequence[str]) -> str:
    """The same for the same things told to the same person, and not to be guessed."""
    said = f"notice {user} {' '.join(sorted(keys))}".encode()
    return hashlib.blake2b(said, key=secrets().sealing[:64], digest_size=16).hexdigest()
