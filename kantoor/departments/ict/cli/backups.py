"""`kantoor import backup` and `kantoor report backups`: runs are reported, and what holds of them.

restic backup --json /srv | kantoor import backup --plan files -
"""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from kantoor.kernel.console.answers import Answers
from kantoor.kernel.console.command import Command
from kantoor.kernel.console.words import _, said

if TYPE_CHECKING:
    from kantoor.departments.ict.queries.backups.cover import CoverRow


def arguments(parser: ArgumentParser) -> None:
    """Of which backup, and what the program said."""
    parser.add_argument("--plan", required=True, metavar="CODE", help=said(_("the backup plan")))
    parser.add_argument(
        "--manifest", default="", metavar="FILE",
        help=said(_("what sha256sum wrote of the files before the run")),
    )  # fmt: skip
    parser.add_argument("--zone", default="", help=said(_("time zone of the machine, for Borg")))
    parser.add_argument(
        "files", metavar="FILE", nargs="+",
        help=said(_("JSON of restic or Borg, or a plain report; - for standard input")),
    )  # fmt: skip


def run(answers: Answers, options: Namespace) -> int:
    """Take in each report; exit code 1 when one was refused."""
    from kantoor.departments.ict.actions.backups.reporting import report_backup_run
    from kantoor.departments.ict.drafts_backups import BackupReport
    from kantoor.kernel.errors import DomainError

    actor = answers.actor()
    manifest = _text(options.manifest) if options.manifest else ""
    found: list[dict[str, Any]] = []
    for name in options.files:
        each: dict[str, Any] = {"file": name, "ok": True, "what": "backup", "errors": []}
        try:
            report = BackupReport(
                plan=options.plan, report=_text(name), manifest=manifest, zone=options.zone
            )
            taken = report_backup_run(actor, report=report)
            each |= {"fresh": taken.fresh, "known": taken.known}
        except DomainError as error:
            each |= {"ok": False, "errors": [{"rule": error.code, "message": str(error.message)}]}
        found.append(each)
    failed = sum(not each["ok"] for each in found)
    result = {"files": found, "ok": len(found) - failed, "failed": failed}
    answers.give(result, lambda: _show(found))
    return int(failed > 0)


def _text(name: str) -> str:
    import sys
    from pathlib import Path

    return sys.stdin.read() if name == "-" else Path(name).read_text(errors="replace")


def _show(files: list[dict[str, Any]]) -> None:
    for each in files:
        for error in each["errors"]:
            print(f"{each['file']}: {error['message']}")
        if each["ok"]:
            words = said(_("{file}: {fresh} new runs, {known} known"))
            print(words.format(**each))


def covered(answers: Answers, _options: Namespace) -> int:
    """What has to be backed up and what was proved; exit code 1 unless all of it is."""
    from kantoor.departments.ict.queries.backups.cover import PROVED, cover

    rows: list[CoverRow] = []
    cursor = ""
    while True:
        page = cover(answers.actor(), active=True, cursor=cursor)
        rows += page.rows
        if not (cursor := page.next_cursor):
            break
    heads = [said(_("code")), said(_("state")), said(_("last run")), said(_("proved"))]
    lines = [[r.code, r.state, _moment(r.last_run_at), _moment(r.proved_at)] for r in rows]
    answers.give({"backups": rows}, lambda: answers.table(heads, lines))
    return int(any(row.state != PROVED for row in rows))


def _moment(value: Any) -> str:
    return value.isoformat(timespec="minutes") if value else ""


COMMANDS = (
    Command("import backup", _("Report runs of backups"), run, arguments),
    Command("report backups", _("What is backed up, and what was proved"), covered),
)
