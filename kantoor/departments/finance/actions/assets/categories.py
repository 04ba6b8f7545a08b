"""Categories of fixed assets: the accounts and terms that their assets usually have."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.codes import account_code, required_name
from kantoor.departments.finance.drafts_assets import EntriesPer, Fiscal
from kantoor.departments.finance.errors import UnknownAsset
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models import AssetCategory
from kantoor.departments.finance.models.receivables import CONTROL_ROLES
from kantoor.departments.finance.queries.account_keys import keys_of_accounts
from kantoor.departments.finance.schedules.depreciation import Convention, Method
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

PERMISSION = "finance.manage_assets"
LONGEST_LIFE_MONTHS = 1_200
"""A hundred years."""


@action(permission=PERMISSION, title=_("Add a category of assets"))
def add_asset_category(
    actor: Actor,
    /,
    *,
    code: str,
    name_en: str,
    cost_account: str,
    accumulated_account: str,
    expense_account: str,
    life_months: int = 60,
    method: Method = "straight",
    convention: Convention = "month",
    rate: Decimal = Decimal(0),
    switches: bool = False,
    residual_percentage: Decimal = Decimal(0),
    impairment_account: str = "",
    disposal_account: str = "",
    entries: EntriesPer = "category",
    fiscal: Fiscal = "other",
    name_nl: str = "",
) -> str:
    """Add a category, with the accounts its assets are booked on and the terms they usually have.

    `rate` is the percentage a year of a declining balance, `switches` goes over to a straight
    line as soon as that is more; `residual_percentage` is of the cost. Raises UnknownAccount,
    InvalidInput for terms that can't be, Conflict for a code that is taken.
    """
    account_code(code)
    name = required_name(name_en, "name_en")
    check_terms(method, life_months, rate)
    if not 0 <= residual_percentage <= 100 or in_millionths(residual_percentage) is None:
        raise InvalidInput(_("Give a percentage from 0 to 100."), field="residual_percentage")
    lock_company(actor.company_id)
    if scoped(actor, AssetCategory).filter(code=code).exists():
        raise Conflict(_("There is a category “{code}” already.").format(code=code), field="code")
    given = {
        "cost_account": cost_account,
        "accumulated_account": accumulated_account,
        "expense_account": expense_account,
        "impairment_account": impairment_account,
        "disposal_account": disposal_account,
    }
    if cost_account == accumulated_account:
        message = _("Keep depreciation on an account of its own, so that the cost stays visible.")
        raise InvalidInput(message, field="accumulated_account")
    AssetCategory.objects.create(
        company_id=actor.company_id,
        code=code,
        name_en=name,
        name_nl=name_nl.strip() or name,
        method=method,
        convention=convention,
        life_months=life_months,
        rate=rate,  # type: ignore[misc]  # its stubs know no Decimal
        switches=switches,
        residual_percentage=residual_percentage,
        entries=entries,
        fiscal=fiscal,
        **{f"{field}_id": _account(actor, account, field) for field, account in given.items()},
    )
    return code


@action(permission=PERMISSION, title=_("Retire a category of assets"))
def retire_asset_category(actor: Actor, /, *, code: str) -> None:
    """Take a category out of use: no new asset gets it, those that have it keep it.

    Raises UnknownAsset.
    """
    found = scoped(actor, AssetCategory).filter(code=code).first()
    if found is None:
        message = _("There is no category “{code}” of assets.").format(code=code[:20])
        raise UnknownAsset(message, field="code")
    found.active = False
    found.save()


def check_terms(method: str, life_months: int, rate: Decimal, *, line: int | None = None) -> None:
    """Raises InvalidInput for terms that can't be."""
    if not 1 <= life_months <= LONGEST_LIFE_MONTHS:
        message = _("A life has from 1 to {most} months.").format(most=LONGEST_LIFE_MONTHS)
        raise InvalidInput(message, field="life_months", line=line)
    if in_millionths(rate) is None or not 0 <= rate <= 100:
        raise InvalidInput(_("Give a percentage from 0 to 100."), field="rate", line=line)
    if method == "declining" and not rate:
        words = _("A declining balance needs a percentage a year.")
        raise InvalidInput(words, field="rate", line=line)


def _account(actor: Actor, code: str, field: str) -> int | None:
    if not code and field in ("impairment_account", "disposal_account"):
        return None
    key, role = keys_of_accounts(actor.company_id, [code], field)[code]
    if role in CONTROL_ROLES:
        message = _("Account {code} is kept item by item; choose another.").format(code=code)
        raise InvalidInput(message, field=field)
    return key
