"""The layouts of statements that a company has, beside the standard ones."""

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.models import ReportLayout
from kantoor.departments.finance.queries.accounts import name_of
from kantoor.departments.finance.queries.reporting.layouts import (
    STATEMENTS,
    LayoutRow,
    read_layout,
    standard_rows,
    written,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import query, scoped


class LayoutInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A layout in its last version; `versions` is how many there are."""

    code: str
    name: str
    statement: str
    version: int
    rows: int
    definition: str


@query(permission="finance.read_ledger", title=_("Report layouts"), exposed=True)
def report_layouts(actor: Actor, /, *, statement: str = "") -> list[LayoutInfo]:
    """The company's own layouts in their last versions, in order of code."""
    last: dict[str, ReportLayout] = {}
    for each in scoped(actor, ReportLayout).order_by("code", "version"):
        last[each.code] = each
    return [
        LayoutInfo(
            code=each.code, name=name_of(actor, each), statement=each.statement,
            version=each.version, rows=each.definition.count("[[rows]]"),
            definition=each.definition,
        )
        for each in last.values()
        if statement in ("", each.statement)
    ]  # fmt: skip


@query(permission="finance.read_ledger", title=_("A report layout"), exposed=True)
def report_layout(
    actor: Actor, /, *, code: str = "", statement: str = "profit_and_loss", version: int = 0
) -> LayoutInfo:
    """One layout with its definition; without a code the standard one, to be copied."""
    if not code:
        if statement not in STATEMENTS:
            raise InvalidInput(_("There is no such statement."), field="statement")
        rows = standard_rows(statement)
        return LayoutInfo(
            code="", name="", statement=statement, version=0, rows=len(rows),
            definition=written(rows),
        )  # fmt: skip
    found = _found(actor, code, version)
    return LayoutInfo(
        code=found.code, name=name_of(actor, found), statement=found.statement,
        version=found.version, rows=found.definition.count("[[rows]]"),
        definition=found.definition,
    )  # fmt: skip


def layout_rows(
    actor: Actor, statement: str, code: str, version: int
) -> tuple[tuple[LayoutRow, ...], int]:
    """The rows of a layout, and its version; raises NotFound, or InvalidInput for the other kind."""
    if not code:
        return standard_rows(statement), 0
    found = _found(actor, code, version)
    if found.statement != statement:
        message = _("The layout “{code}” is of another statement.").format(code=code[:30])
        raise InvalidInput(message, field="layout")
    return read_layout(found.definition), found.version


def _found(actor: Actor, code: str, version: int) -> ReportLayout:
    rows = scoped(actor, ReportLayout).filter(code=code).order_by("-version")
    found = rows.filter(version=version).first() if version else rows.first()
    if found is None:
        message = _("There is no layout “{code}”.").format(code=code[:30])
        raise NotFound(message, field="layout")
    return found
