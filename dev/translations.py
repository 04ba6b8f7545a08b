"""Compiles translations, and proves that the Dutch ones are complete.

`python -m dev.translations compile|check`; both run in the project's own environment.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READ = {".py", ".html", ".txt", ".po"}
"""Kinds of file in which words for people are looked for."""


def stale(package: Path) -> list[Path]:
    """The .po files whose .mo is missing or older."""
    return [po for po in catalogues(package) if not _is_compiled(po)]


def catalogues(package: Path) -> list[Path]:
    """Every translation file of the package."""
    return sorted(package.glob("**/locale/*/LC_MESSAGES/django.po"))


def _is_compiled(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns


def compile_stale(package: Path) -> None:
    """Write the .mo beside each .po that is newer, all or nothing for each file."""
    from babel.messages.mofile import write_mo  # here, so that set-up can import this module
    from babel.messages.pofile import PoFileError, read_po

    for po in stale(package):
        try:
            with po.open("rb") as source:
                catalogue = read_po(source, abort_invalid=True)
        except (PoFileError, ValueError) as problem:
            sys.exit(f"{po}: {problem}")
        part = po.with_suffix(".mo.part")
        with part.open("wb") as target:
            write_mo(target, catalogue)
        part.replace(po.with_suffix(".mo"))


# --- check ----------------------------------------------------------------------------------


def check(package: Path) -> list[str]:
    """What is missing, unsure or wrong in the Dutch translations, one line a fault.

    Each app's words are gathered afresh in a copy and merged with what its .po has, so that a
    new word shows as empty and a changed one as fuzzy.
    """
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / package.name
        _copy_sources(package, copy)
        _gather(copy)
        return [fault for po in catalogues(copy) for fault in _faults(po, Path(scratch))]


def apps(package: Path) -> list[Path]:
    """The folders that carry translations of their own."""
    names = ("kernel", "kernel/ui", "procedures", "management", "shell")
    singles = [package / name for name in names]
    departments = sorted((package / "departments").glob("*/"))
    return [app for app in (*singles, *departments) if app.is_dir() and app.name[0] != "_"]


def _copy_sources(package: Path, copy: Path) -> None:
    every = apps(package)
    for app in every:
        # An app inside another lies beside it in the copy: words go to the outermost catalogue.
        place = copy / app.name if app.parent in every else copy / app.relative_to(package)
        within = [other for other in every if app in other.parents]
        for file in app.rglob("*"):
            inside = file.relative_to(app)
            elsewhere = {"tests", "vendor"} & set(inside.parts) or set(within) & set(file.parents)
            if file.suffix in READ and not elsewhere:
                (place / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, place / inside)
        (place / "locale" / "nl" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)


def _gather(copy: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "--locale=nl", "--verbosity=0"]
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"makemessages failed:\n{done.stdout}{done.stderr}")


def _faults(po: Path, scratch: Path) -> list[str]:
    import polib

    name = po.relative_to(scratch)
    faults = [
        f"{name}: {'unsure' if entry.fuzzy else 'no translation of'} {entry.msgid!r}"
        f" ({entry.occurrences[0][0] if entry.occurrences else 'unused'})"
        for entry in polib.pofile(str(po))
        if not entry.obsolete and not entry.translated()
    ]
    checked = subprocess.run(
        ["msgfmt", "--check-format", "--output-file=/dev/null", po], capture_output=True, text=True
    )
    if checked.returncode:
        faults += checked.stderr.replace(f"{scratch}/", "").strip().splitlines()
    return faults


def main(task: str) -> None:
    """Do one of the two tasks; exit 1 with a line for each fault."""
    if task == "compile":
        return compile_stale(ROOT / "kantoor")
    if shutil.which("xgettext") is None:
        sys.exit("Needs xgettext: sudo apt-get install gettext")
    if faults := check(ROOT / "kantoor"):
        print("\n".join(faults))
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "check")
