"""Keep layouts of statements that a company makes itself; each change is a version."""

import re

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.codes import required_name
from kantoor.departments.finance.models import ReportLayout
from kantoor.departments.finance.queries.accounts import accounts
from kantoor.departments.finance.queries.reporting.layout_register import LayoutInfo, report_layout
from kantoor.departments.finance.queries.reporting.layouts import (
    RESULT,
    STATEMENTS,
    places,
    read_layout,
)
from kantoor.departments.finance.queries.reporting.statement import StatementKind
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")


@action(permission="finance.manage_books", title=_("Keep a report layout"))
def keep_layout(
    actor: Actor,
    /,
    *,
    code: str,
    name_en: str,
    statement: StatementKind,
    definition: str,
    name_nl: str = "",
) -> LayoutInfo:
    """Make a layout, or a new version of one; reports use the last version.

    `definition` is TOML (queries/reporting/layouts.py). Raises InvalidInput with the row for what
    can't be read, and for an account that stands in two rows.
    """
    if not CODE.fullmatch(code):
        words = _("A layout's code has up to 30 small letters, digits or dashes.")
        raise InvalidInput(words, field="code")
    if statement not in STATEMENTS:
        raise InvalidInput(_("There is no such statement."), field="statement")
    name = required_name(name_en, "name_en")
    rows = read_layout(definition)
    _refuse_twice(actor, statement, rows)
    lock_company(actor.company_id)
    last = scoped(actor, ReportLayout).filter(code=code).order_by("-version").first()
    if last is not None and last.statement != statement:
        message = _("The layout “{code}” is of another statement.").format(code=code)
        raise InvalidInput(message, field="statement")
    ReportLayout.objects.create(
        company_id=actor.company_id,
        code=code,
        version=last.version + 1 if last else 1,
        name_en=name[:100],
        name_nl=name_nl.strip()[:100] or name[:100],
        statement=statement,
        definition=definition,
    )
    return report_layout(actor, code=code)


def _refuse_twice(actor: Actor, statement: str, rows) -> None:  # type: ignore[no-untyped-def]
    balance = statement == "balance_sheet"
    mine = [
        each for each in accounts(actor, retired=True)
        if (each.kind not in ("income", "expense")) == balance
    ]  # fmt: skip
    twice = [code for code, keys in places(rows, mine).items() if len(keys) > 1]
    if sum(RESULT in row.accounts for row in rows) > 1:
        twice.append(RESULT)
    if twice:
        message = _("Account {code} stands in two rows.").format(code=twice[0])
        raise InvalidInput(message, field="definition")
