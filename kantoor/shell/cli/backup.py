"""`kantoor backup`: everything in one encrypted file, of one moment, read back and checked."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.kernel.backup.making import Made


def arguments(parser: ArgumentParser) -> None:
    """Where the file goes."""
    parser.add_argument(
        "--to", metavar="DIR", default="",
        help=said(_("folder for the backup; else $KANTOOR_BACKUPS, else backups in the data folder")),
    )  # fmt: skip


def run(answers: Answers, options: Namespace) -> int:
    """Make a backup; exit code 1 when a stored file was missing or damaged at its source."""
    import time

    from kantoor.kernel.backup.making import make_backup, seconds_since
    from kantoor.kernel.backup.places import backups_folder

    began = time.perf_counter()
    made = make_backup(Path(options.to) if options.to else backups_folder())
    answer = {
        "ok": not made.faults,
        "bytes": made.written.size,
        "sha256": made.written.sha256,
        "seconds": seconds_since(began),
        "file": str(made.path.resolve()),
        "rows": made.rows,
        "files": made.files,
        "recovery_key": str(made.key.resolve()),
        "recovery_key_copy": str(made.copy) if made.copy else None,
        "faults": made.faults,
    }
    answers.give(answer, lambda: _tell(made))
    return 1 if made.faults else 0


def _tell(made: "Made") -> None:
    words = _("{path}: {rows} rows and {files} files, {bytes} bytes, read back and right.")
    print(said(words).format(
        path=made.path, rows=made.rows, files=made.files, bytes=made.written.size
    ))  # fmt: skip
    for fault in made.faults:
        print(f"{fault.where}: {fault.what}")
    if made.copy:
        print(said(_("It opens with {key}; a copy of that key is {copy}. Keep one elsewhere.")).format(
            key=made.key, copy=made.copy
        ))  # fmt: skip
    else:
        print(
            said(_("It opens with {key}. Keep a copy of that key elsewhere.")).format(key=made.key)
        )


COMMANDS = (
    Command("backup", _("Make an encrypted, checked copy of everything"), run, arguments,
            as_it_is=True),
)  # fmt: skip
