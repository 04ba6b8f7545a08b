"""`kantoor import ledger`: another administration's files, with a dry run that shows everything."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.departments.finance.queries.leaving.answers import LedgerImport

SHOWN = 20


def arguments(parser: ArgumentParser) -> None:
    """Which files, in which form, and whether only to look."""
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help=said(_("a file")))
    parser.add_argument(
        "--format",
        metavar="FORM",
        default="",
        help=said(_("xaf, saft, beancount, hledger, ledger or csv (also for XLSX)")),
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        dest="dry_run",
        help=said(_("say what would be done, and do nothing")),
    )
    parser.add_argument(
        "--mapping",
        metavar="FILE.toml",
        type=Path,
        help=said(_("which account, currency or column is which")),
    )


def run(answers: Answers, options: Namespace) -> None:
    """Import the files, or say what that would do."""
    from kantoor.departments.finance.actions.leaving import import_ledger
    from kantoor.departments.finance.queries.leaving.answers import LedgerFile
    from kantoor.departments.finance.queries.leaving.foresee import foresee_import
    from kantoor.kernel.errors import InvalidInput

    actor = answers.actor()
    try:
        files = [LedgerFile(path.name, path.read_bytes()) for path in options.files]
        mapping = options.mapping.read_text("utf-8") if options.mapping else ""
    except (OSError, UnicodeDecodeError) as error:
        message = said(_("The file can't be read: {why}.")).format(why=error)
        raise InvalidInput(message, field="files") from None
    if options.dry_run:
        found = foresee_import(actor, files=files, mapping=mapping, format=options.format)
    else:
        found = import_ledger(actor, files=files, mapping=mapping, format=options.format)
    answers.give(found, lambda: _show(answers, found))


def _show(answers: Answers, found: "LedgerImport") -> None:
    """The outcome in words and tables."""
    from kantoor.departments.finance.cli.reports import amounts_in

    amount = amounts_in(found.currency)
    heads = [_("Account"), _("Becomes"), _("How"), _("In the file"), _("Here")]
    answers.table(
        heads,
        [
            (each.source, f"{each.code} {each.name}", each.how, amount(each.source_balance),
             amount(each.balance))
            for each in found.accounts
        ],
        right="   rr",
    )  # fmt: skip
    for each in (*found.refused, *found.notes)[:SHOWN]:
        place = ":".join(part for part in (each.file, str(each.line or "")) if part)
        print(f"{place}: {each.message}" if place else each.message)
    made = sum(1 for each in found.parties if each.how == "made")
    words = said(_("{entries} entries, {lines} lines, {parties} new parties, {items} open items"))
    print(words.format(
        entries=found.entries, lines=found.lines, parties=made, items=found.open_items
    ))  # fmt: skip
    print(said(_state(found)))


def _state(found: "LedgerImport") -> Any:
    if found.done:
        return _("Imported.")
    if found.known:
        return _("These files were imported before; nothing was changed.")
    if found.ok:
        return _("Nothing stands in the way.")
    return _("Nothing was imported: see the reasons above.")


COMMANDS = (
    Command("import ledger", _("Import another administration"), run, arguments),
)  # fmt: skip
