"""`kantoor import mail FILE…`: take in messages as files, as if they came by mail."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.kernel.actors.actor import Actor

AT_ONCE = 50


class FileError(msgspec.Struct, frozen=True):
    """What is wrong with a file."""

    rule: str
    message: str


class Failed(msgspec.Struct, frozen=True):
    """An address of a bounce: what became of mail for it, with status and reason if told."""

    address: str
    outcome: str
    status: str
    reason: str


class FileAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a file was: `what` is message, auto-reply or bounce; `address` the first that failed.

    `state` is what became of it: done (with its case), held, ignored; `case` its number.
    """

    file: str
    ok: bool
    what: str
    errors: list[FileError] = []
    address: str = ""
    failures: list[Failed] = []
    state: str = ""
    case: str = ""


def arguments(parser: ArgumentParser) -> None:
    """Which files."""
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+", help=said(_("a message (.eml)"))
    )


def run(answers: Answers, options: Namespace) -> int:
    """Take in each file; exit code 1 when one could not be read."""
    actor = answers.actor()
    found: list[FileAnswer] = []
    with answers.progress(said(_("Mail"))) as progress:
        for start in range(0, len(options.files), AT_ONCE):
            found += _take_in(actor, options.files[start : start + AT_ONCE])
            progress(len(found), len(options.files))
    ok = sum(each.ok for each in found)
    answers.give({"files": found, "ok": ok, "failed": len(found) - ok}, lambda: _show(found))
    return int(ok < len(found))


def _take_in(actor: "Actor", paths: list[Path]) -> list[FileAnswer]:
    from kantoor.departments.ict.actions.mail.arriving import keep_mail
    from kantoor.departments.ict.actions.mail.working import place_new

    contents: dict[Path, bytes] = {}
    wrong: dict[Path, FileAnswer] = {}
    for path in paths:
        content = _content(path)
        if isinstance(content, FileError):
            wrong[path] = FileAnswer(file=str(path), ok=False, what="unreadable", errors=[content])
        else:
            contents[path] = content
    keys = keep_mail(actor, contents=list(contents.values())) if contents else []
    place_new(actor)
    told = _told(actor, dict(zip(contents, keys, strict=True)), contents)
    return [wrong[path] if path in wrong else told[path] for path in paths]


def _content(path: Path) -> bytes | FileError:
    from kantoor.kernel.mail.reading.message import LARGEST_MESSAGE

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_MESSAGE + 1)
    except OSError as error:
        return FileError("file", error.strerror or str(error))
    if not content.strip():
        return FileError("file", said(_("The file is empty.")))
    if len(content) > LARGEST_MESSAGE:
        return FileError("file", said(_("A message is at most {most} MB.")).format(most=100))
    return content


def _told(
    actor: "Actor", keys: dict[Path, int], contents: dict[Path, bytes]
) -> dict[Path, FileAnswer]:
    from kantoor.departments.ict.queries.mail.came import case_numbers, mails_by_key
    from kantoor.kernel.mail.reading.kinds import Kind, sort_of
    from kantoor.kernel.mail.reading.message import read_message

    rows = mails_by_key(actor, keys=list(keys.values()))
    numbers = case_numbers(actor, abouts=[row.about for row in rows.values()])
    told = {}
    for path, key in keys.items():
        sort, row = sort_of(read_message(contents[path])), rows[key]
        failures = [
            Failed(each.address, each.outcome, each.status, each.reason) for each in sort.failures
        ]
        told[path] = FileAnswer(
            file=str(path),
            ok=True,
            what="message" if sort.kind is Kind.BULK else sort.kind.value,
            address=failures[0].address if failures else "",
            failures=failures,
            state=row.state,
            case=numbers.get(row.about, ""),
        )
    return told


def _show(told: list[FileAnswer]) -> None:
    for each in told:
        words = " ".join(word for word in (each.what, each.address, each.state, each.case) if word)
        print(f"{each.file}: {words}")
        for error in each.errors:
            print(f"  {error.rule}: {error.message}")


COMMANDS = (Command("import mail", _("Take in mail as files"), run, arguments),)
