"""`kantoor validate invoice` and `export invoice`: check electronic invoices, and write our own."""

import base64
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.departments.finance.formats.einvoice import Validated


def arguments(parser: ArgumentParser) -> None:
    """Which files, and whether by our own check alone."""
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+",
        help=said(_("invoices in UBL or CII, or PDFs with one of them inside")),
    )  # fmt: skip
    parser.add_argument(
        "--fast", action="store_true",
        help=said(_("only the built-in check, without the official stylesheets")),
    )  # fmt: skip


def validate(answers: Answers, options: Namespace) -> int:
    """Say of each file which rules it breaks; 1 where one of them is invalid."""
    files = []
    with answers.progress(said(_("Invoices"))) as told:
        for n, path in enumerate(options.files, 1):
            files.append(_checked(path, official=not options.fast))
            told(n, len(options.files))
    ok = sum(each.ok for each in files)
    failed = len(files) - ok
    answers.give(
        {"files": files, "ok": ok, "failed": failed},
        lambda: _show(files),
    )
    return int(failed > 0)


def _checked(path: Path, *, official: bool) -> "Validated":
    from kantoor.departments.finance.formats.einvoice import unreadable, validated

    try:
        data = path.read_bytes()
    except OSError as error:
        return unreadable(str(path), "file", error.strerror or str(error))
    return validated(str(path), data, official=official)


def _show(files: "list[Validated]") -> None:
    for each in files:
        print(f"{each.file}: {said(_('valid')) if each.ok else said(_('not valid'))}  {each.what}")
        for finding in each.errors:
            print(f"  {finding}")
        for finding in each.warnings:
            print(f"  ({said(_('warning'))}) {finding}")


def export_arguments(parser: ArgumentParser) -> None:
    """Which invoices, in which form, and where to."""
    parser.add_argument(
        "numbers", metavar="NUMBER", nargs="+",
        help=said(_("invoices or credit notes, such as 2026-00012 C2026-00003")),
    )  # fmt: skip
    parser.add_argument(
        "--format", metavar="FORM", required=True, help=said(_("ubl, cii or factur-x"))
    )
    parser.add_argument(
        "--to", metavar="PATH", type=Path,
        help=said(_("a file for one invoice, or a folder for many; else to standard output")),
    )  # fmt: skip


def export(answers: Answers, options: Namespace) -> None:
    """Write invoices as electronic ones."""
    from kantoor.departments.finance.exports.einvoices import invoice_files
    from kantoor.kernel.errors import InvalidInput

    many = len(options.numbers) > 1
    if many and options.to is None:
        raise InvalidInput(said(_("Say with --to in which folder to put so many.")), field="to")
    files = []
    for file in invoice_files(answers.actor(), options.numbers, options.format):
        if options.to is None:
            _to_output(answers, file.content)
            return
        folder = many or options.to.is_dir()
        path = options.to / file.name if folder else options.to
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(file.content)
        part.replace(path)
        files.append({"number": file.number, "file": str(path), "bytes": len(file.content)})
    answers.give(
        {"format": options.format, "files": files},
        lambda: [print(f"{each['file']}: {each['bytes']} bytes") for each in files],
    )


def _to_output(answers: Answers, content: bytes) -> None:
    if answers.json:
        answers.give({"content": base64.b64encode(content).decode()})
    else:
        answers.give(None, lambda: sys.stdout.buffer.write(content))


COMMANDS = (
    Command(
        "export invoice", _("Write invoices as UBL, CII or Factur-X"), export, export_arguments
    ),
    Command(
        "validate invoice",
        _("Check electronic invoices by the rules of EN 16931"),
        validate,
        arguments,
        needs_company=False,
        needs_django=False,
    ),
)
