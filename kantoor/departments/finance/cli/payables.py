"""`kantoor import invoice …` and `kantoor report payables`: purchase invoices, and what we owe."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kantoor.departments.finance.cli.reports import on_day
from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.departments.finance.drafts_incoming import FileReceived, IncomingFile

AT_ONCE = 20
"""Files of one action: what is taken in stays, whatever becomes of those after it."""


def arguments(parser: ArgumentParser) -> None:
    """Which files."""
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+",
        help=said(_("an invoice in UBL, CII or Factur-X, a PDF, a picture, or a mail with those")),
    )  # fmt: skip


def take_in(answers: Answers, options: Namespace) -> int:
    """Take in purchase invoices; 1 where one of them can't be read or breaks a rule."""
    from kantoor.departments.finance.actions.payables.receiving import receive_purchase_files
    from kantoor.departments.finance.drafts_incoming import FileReceived, IncomingFile

    actor = answers.actor()
    told: list[FileReceived] = []
    with answers.progress(said(_("Invoices"))) as progress:
        for some in _lots(options.files):
            read = [_content(path) for path in some]
            given = [each for each in read if isinstance(each, IncomingFile)]
            taken = receive_purchase_files(actor, files=given).files if given else []
            for each in read:
                if isinstance(each, IncomingFile):
                    told += [one for one in taken if f"{one.file}/".startswith(f"{each.name}/")]
                else:
                    told.append(each)
            progress(len(told), len(options.files))
    ok = sum(each.ok for each in told)
    answers.give({"files": told, "ok": ok, "failed": len(told) - ok}, lambda: _show(told))
    return int(ok < len(told))


def _content(path: Path) -> "IncomingFile | FileReceived":
    """The file to be taken in, or what is wrong with it."""
    from kantoor.departments.finance.actions.payables.receiving import LARGEST_FILE
    from kantoor.departments.finance.drafts_incoming import FileError, FileReceived, IncomingFile

    why = ""
    try:
        content = path.read_bytes()
    except OSError as error:
        content, why = b"", error.strerror or str(error)
    if not why and not 0 < len(content) <= LARGEST_FILE:
        why = said(_("A file is not empty, and at most {most} MB.")).format(most=25)
    if not why:
        return IncomingFile(name=str(path), content=content)
    wrong = [FileError("file", why)]
    return FileReceived(file=str(path), ok=False, what="unreadable", errors=wrong, warnings=[])


def _lots(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for start in range(0, len(files), AT_ONCE):
        yield files[start : start + AT_ONCE]


def _show(told: "Sequence[FileReceived]") -> None:
    for each in told:
        became = f"{each.number} {each.state}".strip() or said(_("not kept"))
        print(f"{each.file}: {each.what}, {became}")
        for error in each.errors:
            place = f" ({error.where})" if error.where else ""
            print(f"  {error.rule}: {error.message}{place}")


def payables(answers: Answers, options: Namespace) -> None:
    """What we owed each supplier on a day, by how long it was due."""
    from kantoor.departments.finance.cli.reports import show_ages
    from kantoor.departments.finance.queries.payables.owed import payables_by_age

    found = payables_by_age(answers.actor(), on=options.on)
    answers.give(found, lambda: show_ages(answers, found, said(_("supplier")), said(_("owed"))))


COMMANDS = (
    Command("import invoice", _("Take in purchase invoices as files"), take_in, arguments),
    Command("report payables", _("What we owe suppliers, by age"), payables, on_day),
)
