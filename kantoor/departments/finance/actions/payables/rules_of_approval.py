"""Set who has to approve what is bought, and how far an invoice may differ from its order."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.codes import required_name
from kantoor.departments.finance.errors import UnknownDimension
from kantoor.departments.finance.exact import in_millionths
from kantoor.departments.finance.models import ApprovalRule, DimensionValue, MatchTolerance
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Role, User
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.money import LARGEST
from kantoor.kernel.queries import scoped

MANAGE = "finance.manage_approvals"


@action(permission=MANAGE, title=_("Add a rule of approval"))
def add_approval_rule(
    actor: Actor,
    /,
    *,
    name: str,
    from_amount: int = 0,
    role: str = "",
    user: str = "",
    dimension: str = "",
    value: str = "",
) -> str:
    """Say who has to approve purchases from an amount on (in minor units); gives the rule's name.

    Somebody with a `role`, or one `user` by how they sign in. With a `dimension` and its `value`,
    such as a cost centre, the amount is that of the lines which bear it. Raises InvalidInput,
    NotFound, UnknownDimension, or Conflict where there is a rule of that name.
    """
    called = required_name(name, "name")
    if not 0 <= from_amount <= LARGEST:
        raise InvalidInput(_("An amount is nought or more."), field="from_amount")
    if bool(role) == bool(user):
        raise InvalidInput(_("Name a role or a person, one of the two."), field="role")
    if scoped(actor, ApprovalRule).filter(name=called).exists():
        raise Conflict(_("There is a rule “{name}” already.").format(name=called), field="name")
    rule = ApprovalRule.objects.create(
        company_id=actor.company_id,
        name=called,
        from_amount=from_amount,
        role_id=_role(role) if role else None,
        user_id=_user(user) if user else None,
        dimension_value_id=_value(actor, dimension, value) if dimension or value else None,
    )
    concerns(f"finance.approval_rule/{rule.pk}")
    return called


@action(permission=MANAGE, title=_("End a rule of approval"))
def end_approval_rule(actor: Actor, /, *, name: str) -> None:
    """Let a rule ask nothing any more; what was approved by it stays so. Raises NotFound."""
    rule = scoped(actor, ApprovalRule).filter(name=name, active=True).first()
    if rule is None:
        raise NotFound(_("There is no rule “{name}” in force.").format(name=name[:100]), field="name")  # fmt: skip
    rule.active = False
    rule.save()
    concerns(f"finance.approval_rule/{rule.pk}")


@action(permission=MANAGE, title=_("Set the tolerance of invoices against orders"))
def set_match_tolerance(
    actor: Actor,
    /,
    *,
    price_percent: Decimal = Decimal(0),
    price_amount: int = 0,
    quantity_percent: Decimal = Decimal(0),
    quantity: Decimal = Decimal(0),
) -> None:
    """Set how far an invoice may differ from order and receipt before a person approves that.

    A line's price by a percentage or an amount in minor units, its quantity by a percentage or a
    number; within either of the two is within.
    """
    given = {"price_percent": price_percent, "quantity_percent": quantity_percent, "quantity": quantity}  # fmt: skip
    for field, said in given.items():
        if in_millionths(said) is None or said < 0:
            raise InvalidInput(_("Give a number of nought or more."), field=field)
    if not 0 <= price_amount <= LARGEST:
        raise InvalidInput(_("An amount is nought or more."), field="price_amount")
    kept = MatchTolerance.objects.filter(company_id=actor.company_id).first()
    kept = kept or MatchTolerance(company_id=actor.company_id)
    for field, said in given.items():
        setattr(kept, field, said)
    kept.price_amount = price_amount
    kept.save()


def _role(code: str) -> int:
    found = Role.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no role “{code}”.").format(code=code[:40]), field="role")
    return found.pk


def _user(sign_in: str) -> int:
    found = User.objects.filter(sign_in=sign_in, kind="person").first()
    if found is None:
        message = _("There is no user “{name}”.").format(name=sign_in[:40])
        raise NotFound(message, field="user")
    return found.pk


def _value(actor: Actor, dimension: str, value: str) -> int:
    found = DimensionValue.objects.filter(
        dimension__company_id=actor.company_id, dimension__code=dimension, code=value
    ).first()
    if found is None:
        message = _("One of these values is not in use: {values}.")
        raise UnknownDimension(message.format(values=f"{dimension}={value}"[:100]), field="value")
    return found.pk
