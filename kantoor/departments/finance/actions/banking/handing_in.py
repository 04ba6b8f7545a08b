"""Files of banks handed in at the console or on a page: each by itself, with what came of it."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.banking.statements import import_statement
from kantoor.departments.finance.drafts_banking import Warned
from kantoor.departments.finance.errors import BadStatement
from kantoor.departments.finance.formats.bank.reading import LARGEST
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError, Refusals
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.system_errors import why


class FileAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one file: its form, or the rules it breaks, and what it brought."""

    file: str
    ok: bool
    what: str = ""
    errors: Sequence[Warned] = ()
    warnings: Sequence[Warned] = ()
    statements: int = 0
    known: int = 0
    lines: int = 0
    known_lines: int = 0
    accounts: Sequence[str] = ()
    opened: Sequence[str] = ()


def take_in_path(
    actor: Actor,
    path: Path,
    *,
    name: str = "",
    account: str = "",
    mapping: str = "",
    lenient: bool = False,
    open_accounts: bool = False,
) -> FileAnswer:
    """Take in a file; what is wrong with it is part of the answer."""
    called = name or path.name
    try:
        content = _content(path)
    except OSError as error:
        message = force_str(_("The file can't be read: {why}.")).format(why=why(error))
        return FileAnswer(file=called, ok=False, errors=[Warned("bank.file", message)])
    try:
        taken = import_statement(
            actor,
            name=called,
            content=content,
            account=account,
            mapping=mapping,
            lenient=lenient,
            open_accounts=open_accounts,
        )
    except Refusals as several:
        return FileAnswer(file=called, ok=False, errors=[_said(each) for each in several.errors])
    except DomainError as error:
        return FileAnswer(file=called, ok=False, errors=[_said(error)])
    return FileAnswer(
        file=called,
        ok=True,
        what=taken.form,
        warnings=taken.warnings,
        statements=taken.statements,
        known=taken.known,
        lines=taken.lines,
        known_lines=taken.known_lines,
        accounts=taken.accounts,
        opened=taken.opened,
    )


@job(title=_("Take in a bank statement"))
def take_in_bank_file(
    work: Work,
    /,
    *,
    path: str,
    account: str = "",
    mapping: str = "",
    lenient: bool = False,
    open_accounts: bool = False,
) -> FileAnswer:
    """Take in a file that was handed in; broken off, it begins anew and finds what is known."""
    work.progress(0, 1, _("Reading the file"))
    found = take_in_path(
        work.actor,
        Path(path),
        account=account,
        mapping=mapping,
        lenient=lenient,
        open_accounts=open_accounts,
    )
    work.progress(1, 1, "")
    Path(path).unlink(missing_ok=True)
    return found


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _said(error: DomainError) -> Warned:
    rule = error.rule if isinstance(error, BadStatement) else error.code
    return Warned(rule, force_str(error))
