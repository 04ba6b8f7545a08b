"""`kantoor restore` and `kantoor restore-drill`: a backup comes back, and is proved to."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kantoor.kernel.console.answers import Answers, Fault
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.kernel.backup.age import x25519

SHOWN = 50


def _key(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--key", metavar="FILE", default="",
        help=said(_("recovery key; else the one in the data folder, or its copy outside")),
    )  # fmt: skip


def restore_arguments(parser: ArgumentParser) -> None:
    """Which backup, and where it goes."""
    parser.add_argument(
        "source", metavar="FROM", help=said(_("a backup, or a folder: its newest one"))
    )
    parser.add_argument(
        "--into", metavar="DIR", default="",
        help=said(_("data folder that is not there yet; else the one of --data")),
    )  # fmt: skip
    _key(parser)


def restore(answers: Answers, options: Namespace) -> int:
    """Fill a folder beside the place, so that Kantoor's settings are those of what comes back."""
    from kantoor.shell.cli.ground import perform_on_django

    here = Path(os.environ.get("KANTOOR_DATA", "kantoor-data")).resolve()
    options.keys = here / "keys"
    options.target = Path(options.into).resolve() if options.into else here
    part = options.target.with_name(f".{options.target.name}.restoring-{os.getpid()}")
    os.environ["KANTOOR_DATA"] = str(part)
    filling = Command("restore", "", _restore, needs_company=False)
    return perform_on_django(filling, answers, options)


def _restore(answers: Answers, options: Namespace) -> int:
    import shutil
    import time

    from kantoor.kernel.backup.archive import measure
    from kantoor.kernel.backup.making import seconds_since
    from kantoor.kernel.backup.recovery import known_identities
    from kantoor.kernel.backup.restoring import newest, refuse_taken, restore

    began = time.perf_counter()
    part = Path(os.environ["KANTOOR_DATA"])
    refuse_taken(options.target)
    _throw_parts_away(options.target)
    identities = known_identities(Path(options.key) if options.key else None, options.keys)
    source = newest(Path(options.source))
    try:
        restored = restore(source, options.target, identities)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    written, verified = measure(source), restored.verified
    answer = {
        "ok": verified.ok,
        "bytes": written.size,
        "sha256": written.sha256,
        "seconds": seconds_since(began),
        "file": str(source.resolve()),
        "into": str(options.target),
        "rows": sum(restored.manifest.rows.values()),
        "files": restored.manifest.files,
        "acts": restored.manifest.head_size,
        "faults": [Fault(f.check, f.where, str(f.what)) for f in verified.faults],
    }
    answers.give(answer, lambda: _tell(answer))
    return 0 if verified.ok else 1


def _throw_parts_away(target: Path) -> None:
    """Remove what restores left behind whose process is gone."""
    import shutil

    for part in target.parent.glob(f".{target.name}.restoring-*"):
        pid = part.name.rpartition("-")[2]
        if pid.isdigit() and int(pid) != os.getpid() and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(part, ignore_errors=True)


def _tell(answer: "dict[str, object]") -> None:
    words = _("{file} came back in {into}: {rows} rows, {files} files, {acts} acts.")
    print(said(words).format(**answer))
    _tell_faults(answer["faults"])
    if answer["ok"]:
        print(said(_("All of it is as its record says.")))


def _tell_faults(faults: object) -> None:
    assert isinstance(faults, list)
    for fault in faults[:SHOWN]:
        print(f"{fault.where}: {fault.what}")


def drill_arguments(parser: ArgumentParser) -> None:
    """Which backup is put to the proof."""
    parser.add_argument(
        "source", metavar="FROM", nargs="?", default="",
        help=said(_("a backup, or a folder: its newest one; else the newest there is, or a new one")),
    )  # fmt: skip
    _key(parser)


def drill(answers: Answers, options: Namespace) -> int:
    """Restore into a sandbox, verify there, compare with the record here; then throw it away."""
    import time

    from django.conf import settings

    from kantoor.kernel.backup.archive import measure
    from kantoor.kernel.backup.drilling import drill
    from kantoor.kernel.backup.making import make_backup, seconds_since
    from kantoor.kernel.backup.places import backups_folder
    from kantoor.kernel.backup.recovery import known_identities
    from kantoor.kernel.backup.restoring import newest

    began = time.perf_counter()
    folder = Path(options.source) if options.source else backups_folder()
    if not options.source and not any(folder.glob("kantoor-*.tar.age")):
        make_backup(folder)
    source = newest(folder)
    key = Path(options.key) if options.key else None
    identities: list[x25519.Identity] = known_identities(key, Path(settings.DATA) / "keys")
    drilled, written = drill(source, identities), measure(source)
    answer = {
        "ok": not drilled.faults,
        "bytes": written.size,
        "sha256": written.sha256,
        "seconds": seconds_since(began),
        "file": str(source.resolve()),
        "rows": drilled.answer.get("rows", 0),
        "files": drilled.answer.get("files", 0),
        "acts": drilled.answer.get("acts", 0),
        "faults": drilled.faults,
    }
    answers.give(answer, lambda: _tell_drill(answer))
    return 1 if drilled.faults else 0


def _tell_drill(answer: "dict[str, object]") -> None:
    if answer["ok"]:
        words = _("{file} comes back whole: {rows} rows, {files} files, {acts} acts, all proved.")
    else:
        words = _("{file} does not come back as it should:")
    print(said(words).format(**answer))
    _tell_faults(answer["faults"])


COMMANDS = (
    Command("restore", _("Put a backup back where there is nothing yet"), restore,
            restore_arguments, needs_django=False),
    Command("restore-drill", _("Prove in a sandbox that a backup comes back"), drill,
            drill_arguments, as_it_is=True),
)  # fmt: skip
