"""Add, rename and retire accounts, and give the roles that posting rules look them up by."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.codes import account_code, required_name
from kantoor.departments.finance.drafts_books import AccountDraft, AccountKind
from kantoor.departments.finance.errors import UnknownAccount
from kantoor.departments.finance.models import Account
from kantoor.departments.finance.queries.use_of_accounts import closing_balances, used
from kantoor.departments.finance.reference import layout
from kantoor.departments.finance.reference.charts import Role
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, DomainError, InvalidInput, Refusals
from kantoor.kernel.queries import scoped

CARRIED = ("asset", "liability", "equity")
"""Kinds whose balance goes on into the next year."""


@action(permission="finance.manage_books", title=_("Add accounts"), bulk_of="finance.add_account")
def add_accounts(actor: Actor, /, *, accounts: Sequence[AccountDraft]) -> list[str]:
    """Add accounts to the chart, all or none; gives their codes.

    Raises InvalidInput for a code, name, kind or group that can't be, Conflict for a code or role
    that is taken; several at once as Refusals. `line` is the place among those given.
    """
    lock_company(actor.company_id)
    codes = set(scoped(actor, Account).values_list("code", flat=True))
    roles = set(scoped(actor, Account).exclude(role="").values_list("role", flat=True))
    errors: list[DomainError] = []
    for line, draft in enumerate(accounts, 1):
        try:
            _check(draft, codes, roles, line)
        except DomainError as error:
            errors.append(error)
        codes.add(draft.code)
        roles.add(draft.role)
    if errors:
        raise errors[0] if len(errors) == 1 else Refusals(errors[:20])
    Account.objects.bulk_create(
        Account(
            company_id=actor.company_id,
            code=draft.code,
            name_en=draft.name_en.strip(),
            name_nl=draft.name_nl.strip() or draft.name_en.strip(),
            kind=draft.kind,
            group=draft.group,
            rgs=draft.rgs,
            role=draft.role,
        )
        for draft in accounts
    )
    return [draft.code for draft in accounts]


def _check(draft: AccountDraft, codes: set[str], roles: set[str], line: int) -> None:
    account_code(draft.code, line)
    required_name(draft.name_en, "name_en", line)
    if draft.code in codes:
        message = _("There is an account “{code}” already.").format(code=draft.code)
        raise Conflict(message, field="code", line=line)
    if draft.group not in {group.code for group in layout.groups()}:
        message = _("There is no group “{group}” on the statements.").format(group=draft.group)
        raise InvalidInput(message, field="group", line=line)
    if draft.kind not in {kind.value for kind in layout.group(draft.group).kinds}:
        words = _("The group “{group}” takes no accounts of the kind “{kind}”.")
        raise InvalidInput(
            words.format(group=draft.group, kind=draft.kind), field="kind", line=line
        )
    if draft.role:
        _role(draft.role, line)
        if draft.role in roles:
            message = _("Another account has the role “{role}”.").format(role=draft.role)
            raise Conflict(message, field="role", line=line)


def _role(role: str, line: int | None = None) -> None:
    if role not in {each.value for each in Role}:
        message = _("There is no role “{role}”; there are: {known}.")
        known = ", ".join(each.value for each in Role)
        raise InvalidInput(message.format(role=role, known=known), field="role", line=line)


@action(permission="finance.manage_books", title=_("Add an account"))
def add_account(
    actor: Actor,
    /,
    *,
    code: str,
    name_en: str,
    kind: AccountKind,
    group: str,
    name_nl: str = "",
    rgs: str = "",
    role: str = "",
) -> str:
    """Add an account to the chart; gives its code. Raises what `add_accounts` raises."""
    draft = AccountDraft(
        code=code, name_en=name_en, name_nl=name_nl, kind=kind, group=group, rgs=rgs, role=role
    )
    return add_accounts(actor, accounts=[draft])[0]


@action(permission="finance.manage_books", title=_("Rename an account"))
def rename_account(actor: Actor, /, *, code: str, name_en: str, name_nl: str = "") -> None:
    """Give an account another name; what was posted to it shows the new one.

    Raises UnknownAccount, or InvalidInput without a name.
    """
    account = _account(actor, code)
    account.name_en = required_name(name_en, "name_en")
    account.name_nl = name_nl.strip() or account.name_en
    account.save()


@action(
    permission="finance.manage_books",
    title=_("Retire accounts"),
    bulk_of="finance.retire_account",
)
def retire_accounts(actor: Actor, /, *, codes: Sequence[str]) -> int:
    """Take accounts out of use: nothing new can be posted to them, what was stays.

    Raises UnknownAccount, and Conflict for one that posting rules look up by its role or that
    still has a balance to carry over. Gives how many were in use until now.
    """
    accounts = [_account(actor, code) for code in dict.fromkeys(codes)]
    balances = closing_balances(actor.company_id, [account.pk for account in accounts])
    for account in accounts:
        if account.role:
            message = _("Account {code} has the role “{role}”; give it to another account first.")
            raise Conflict(message.format(code=account.code, role=account.role), field="code")
        if account.kind in CARRIED and balances.get(account.pk):
            message = _("Account {code} still has a balance; book it to another account first.")
            raise Conflict(message.format(code=account.code), field="code")
    retired = [account for account in accounts if account.active]
    for account in retired:
        account.active = False
    Account.objects.bulk_update(retired, ["active"])
    return len(retired)


@action(permission="finance.manage_books", title=_("Retire an account"))
def retire_account(actor: Actor, /, *, code: str) -> int:
    """Take an account out of use. Raises what `retire_accounts` raises."""
    return retire_accounts(actor, codes=[code])


@action(permission="finance.manage_books", title=_("Use an account again"))
def restore_account(actor: Actor, /, *, code: str) -> None:
    """Take a retired account into use again. Raises UnknownAccount."""
    account = _account(actor, code)
    account.active = True
    account.save()


@action(permission="finance.manage_books", title=_("Give an account a role"))
def give_account_role(actor: Actor, /, *, code: str, role: str) -> None:
    """Let posting rules use this account for a role, such as `bank`, instead of another.

    Receivables and payables are kept item by item, so their role only passes between accounts
    to which nothing was posted yet. Raises UnknownAccount, InvalidInput or Conflict.
    """
    _role(role)
    account = _account(actor, code)
    if not account.active:
        raise Conflict(_("Account {code} is retired.").format(code=code), field="code")
    if account.role not in ("", role):
        message = _("Account {code} has the role “{role}” already.")
        raise Conflict(message.format(code=code, role=account.role), field="code")
    before = scoped(actor, Account).filter(role=role).exclude(pk=account.pk).first()
    touched = [account.pk, before.pk] if before else [account.pk]
    if role in (Role.RECEIVABLES, Role.PAYABLES) and used(touched):
        message = _("Something was posted already; the role “{role}” stays where it is.")
        raise Conflict(message.format(role=role), field="role")
    if before:
        before.role = ""
        before.save()
    account.role = role
    account.save()


def _account(actor: Actor, code: str) -> Account:
    lock_company(actor.company_id)
    found = scoped(actor, Account).filter(code=code).first()
    if found is None:
        message = _("There is no account “{code}”.").format(code=code)
        raise UnknownAccount(message, field="code")
    return found
