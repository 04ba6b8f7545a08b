"""Note that accounts of people in systems were opened and closed."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.devices.finding import parties_by_code
from kantoor.departments.ict.drafts_accounts import AccountDraft
from kantoor.departments.ict.errors_devices import KnownAccount, UnknownAccount, UnknownThing
from kantoor.departments.ict.events import AccountsClosed, AccountsOpened
from kantoor.departments.ict.models import SystemAccount
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

HANDLE = "ict.handle_accounts"
MOST = 1_000


@action(permission=HANDLE, title=_("Note accounts"), bulk_of="ict.open_account")
def open_accounts(actor: Actor, /, *, accounts: Sequence[AccountDraft]) -> list[int]:
    """Note that people can sign in to systems, all or none; gives their keys.

    Raises UnknownThing for who is not known, KnownAccount for one that is open already.
    """
    if not 0 < len(accounts) <= MOST:
        raise InvalidInput(
            _("Name 1 to {most} accounts in systems.").format(most=MOST), field="accounts"
        )
    people = parties_by_code(actor, [each.party for each in accounts], "party")
    rows, at = [], timezone.now()
    for place, each in enumerate(accounts, 1):
        person = people.get(each.party)
        if person is None:
            raise UnknownThing(_("Say who it is."), field="party", line=place)
        system, name = each.system.strip(), each.name.strip()
        if not 0 < len(system) <= 80:
            raise InvalidInput(_("Name the system."), field="system", line=place)
        if not 0 < len(name) <= 120:
            message = _("Say under which name they sign in.")
            raise InvalidInput(message, field="name", line=place)
        rows.append(
            SystemAccount(
                subject_id=person.subject_id, company_id=actor.company_id, party=person,
                system=system, name=name, opened_at=at, opened_by_id=actor.user_id,
            )
        )  # fmt: skip
    _refuse_known(actor, rows)
    SystemAccount.objects.bulk_create(rows)
    _tell(AccountsOpened, actor, rows)
    return [row.pk for row in rows]


@action(permission=HANDLE, title=_("Note an account"))
def open_account(actor: Actor, /, *, party: str, system: str, name: str) -> int:
    """Note that somebody can sign in to a system under a name; gives its key.

    `party` is the person's code. See the bulk form.
    """
    draft = AccountDraft(party=party, system=system, name=name)
    return open_accounts(actor, accounts=[draft])[0]


@action(permission=HANDLE, title=_("Close accounts"), bulk_of="ict.close_account")
def close_accounts(actor: Actor, /, *, accounts: Sequence[int]) -> int:
    """Note that accounts were closed, all or none; gives how many. Raises UnknownAccount."""
    if not 0 < len(accounts) <= MOST:
        raise InvalidInput(
            _("Name 1 to {most} accounts in systems.").format(most=MOST), field="accounts"
        )
    return _close(actor, accounts)


@action(permission=HANDLE, title=_("Close an account"))
def close_account(actor: Actor, /, *, account: int) -> int:
    """Note that one account was closed. Raises UnknownAccount."""
    return _close(actor, [account])


@action(permission=HANDLE, title=_("Close all accounts of somebody"))
def close_accounts_of(actor: Actor, /, *, party: str) -> int:
    """Note that somebody can sign in nowhere any more; gives how many accounts were closed.

    Nought where none was open. `party` is the person's code. Raises UnknownThing.
    """
    person = parties_by_code(actor, [party], "party").get(party)
    if person is None:
        raise UnknownThing(_("Say who it is."), field="party")
    rows = scoped(actor, SystemAccount).filter(party=person, closed_at=None)
    return _close(actor, list(rows.values_list("pk", flat=True)))


def _close(actor: Actor, keys: Sequence[int]) -> int:
    wanted = set(keys)
    open_rows = scoped(actor, SystemAccount).select_for_update(of=("self",)).order_by("pk")
    rows = list(open_rows.filter(pk__in=wanted, closed_at=None).select_related("party"))
    if len(rows) < len(wanted):
        message = _("There is no such account, or it was closed already.")
        raise UnknownAccount(message, field="accounts")
    at = timezone.now()
    for row in rows:
        row.closed_at, row.closed_by_id = at, actor.user_id
    SystemAccount.objects.bulk_update(rows, ["closed_at", "closed_by"])
    _tell(AccountsClosed, actor, rows)
    return len(rows)


def _refuse_known(actor: Actor, rows: Sequence[SystemAccount]) -> None:
    parties = {row.party_id for row in rows}
    found = scoped(actor, SystemAccount).filter(party__in=parties, closed_at=None)
    known = set(found.values_list("party_id", "system", "name"))
    for place, row in enumerate(rows, 1):
        key = (row.party_id, row.system, row.name)
        if key in known:
            message = _("{name} is open in {system} already.")
            said = message.format(name=row.name, system=row.system)
            raise KnownAccount(said, field="name", line=place)
        known.add(key)


def _tell(
    kind: type[AccountsOpened] | type[AccountsClosed], actor: Actor, rows: Iterable[SystemAccount]
) -> None:
    """Publish one event for each person, with the systems."""
    systems: dict[int, tuple[Party, list[str]]] = {}
    for row in rows:
        systems.setdefault(row.party_id, (row.party, []))[1].append(row.system)
    for key, (person, names) in systems.items():
        publish(kind(actor.company_id, key, person.code, tuple(names)))
    if len(systems) == 1:
        concerns(f"kernel.party/{next(iter(systems))}")
