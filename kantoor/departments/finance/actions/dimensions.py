"""Add dimensions and their values, by which lines are sorted, and retire values."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.codes import dimension_code, required_name, value_code
from kantoor.departments.finance.drafts_books import ValueDraft
from kantoor.departments.finance.errors import UnknownDimension
from kantoor.departments.finance.models import Dimension, DimensionValue
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict
from kantoor.kernel.queries import scoped

MOST = 8
"""Dimensions of a company: their values must fit in the key of a dimension set together."""


@action(permission="finance.manage_books", title=_("Add a dimension"))
def add_dimension(actor: Actor, /, *, code: str, name_en: str, name_nl: str = "") -> str:
    """Add something that lines can be sorted by, such as `region`; at most eight.

    Raises InvalidInput for a code that isn't one, Conflict when it is there or no more fit.
    """
    dimension_code(code)
    name = required_name(name_en, "name_en")
    lock_company(actor.company_id)
    known = set(scoped(actor, Dimension).values_list("code", flat=True))
    if code in known:
        message = _("There is a dimension “{code}” already.").format(code=code)
        raise Conflict(message, field="code")
    if len(known) >= MOST:
        message = _("A company has no more than {most} dimensions.").format(most=MOST)
        raise Conflict(message, field="code")
    Dimension.objects.create(
        company_id=actor.company_id, code=code, name_en=name, name_nl=name_nl.strip() or name
    )
    return code


@action(
    permission="finance.manage_books",
    title=_("Add values of a dimension"),
    bulk_of="finance.add_dimension_value",
)
def add_dimension_values(
    actor: Actor, /, *, dimension: str, values: Sequence[ValueDraft]
) -> list[str]:
    """Add values, such as cost centres, all or none; gives their codes.

    One that was retired is in use again, by the name that is given now. Raises
    UnknownDimension, InvalidInput for a code or name that isn't one, Conflict for a value that is in
    use; `line` is the place among those given.
    """
    owner = _dimension(actor, dimension)
    held = {row.code: row for row in DimensionValue.objects.filter(dimension=owner)}
    known = {code for code, row in held.items() if row.active}
    again, fresh = [], []
    for line, draft in enumerate(values, 1):
        value_code(draft.code, line)
        name = required_name(draft.name, "name", line)
        if draft.code in known:
            message = _("There is a value “{code}” already.").format(code=draft.code)
            raise Conflict(message, field="code", line=line)
        known.add(draft.code)
        if (row := held.get(draft.code)) is not None:
            row.active, row.name = True, name
            again.append(row)
        else:
            fresh.append(DimensionValue(dimension=owner, code=draft.code, name=name))
    DimensionValue.objects.bulk_update(again, ["active", "name"])
    DimensionValue.objects.bulk_create(fresh)
    return [draft.code for draft in values]


@action(permission="finance.manage_books", title=_("Add a value of a dimension"))
def add_dimension_value(actor: Actor, /, *, dimension: str, code: str, name: str) -> str:
    """Add one value to a dimension. Raises what `add_dimension_values` raises."""
    draft = ValueDraft(code=code, name=name)
    return add_dimension_values(actor, dimension=dimension, values=[draft])[0]


@action(permission="finance.manage_books", title=_("Retire a value of a dimension"))
def retire_dimension_value(actor: Actor, /, *, dimension: str, code: str) -> None:
    """Take a value out of use: no new line can carry it, lines that do keep it.

    It is in use again when it is added again. Raises UnknownDimension.
    """
    owner = _dimension(actor, dimension)
    value = DimensionValue.objects.filter(dimension=owner, code=code).first()
    if value is None:
        message = _("There is no {dimension} “{value}” in use.")
        raise UnknownDimension(message.format(dimension=dimension, value=code), field="code")
    value.active = False
    value.save()


def _dimension(actor: Actor, code: str) -> Dimension:
    lock_company(actor.company_id)
    found = scoped(actor, Dimension).filter(code=code).first()
    if found is None:
        message = _("There is no dimension “{code}”.").format(code=code)
        raise UnknownDimension(message, field="dimension")
    return found
