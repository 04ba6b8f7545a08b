"""Reports of backup runs: JSON of restic and Borg as it is, or a plain form of ours.

- `restic backup --json` (lines, of which the summary counts) and `restic snapshots --json`:
  https://restic.readthedocs.io/en/stable/075_scripting.html
- `borg create --json`, `borg info --json` and `borg list --json`:
  https://borgbackup.readthedocs.io/en/stable/internals/frontends.html
- plain: an object, or a list of them, with `began_at`, `ended_at`, `ok`, `snapshot`, `files`,
  `size` and `message`, of which only `ended_at` has to be there.
"""

from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors_servers import ReportUnreadable

LARGEST = 8 * 1024 * 1024
MOST_RUNS = 10_000
SHORT = 8
"""Digits by which restic names a snapshot everywhere; some versions give no more."""
LONGEST_DAYS = 366


class Told(msgspec.Struct, frozen=True):
    """One run as it was reported; `began_at` is the moment that its data is of."""

    began_at: datetime
    ended_at: datetime
    ok: bool
    snapshot: str
    files: int | None = None
    size: int | None = None
    message: str = ""


class _Plain(msgspec.Struct, forbid_unknown_fields=True):
    ended_at: datetime
    began_at: datetime | None = None
    ok: bool = True
    snapshot: str = ""
    files: int | None = None
    size: int | None = None
    message: str = ""


class _Summary(msgspec.Struct):
    snapshot_id: str
    total_duration: Decimal = Decimal(0)
    total_files_processed: int | None = None
    total_bytes_processed: int | None = None
    backup_start: datetime | None = None
    backup_end: datetime | None = None


class _Snapshot(msgspec.Struct):
    time: str
    id: str


class _Stats(msgspec.Struct):
    nfiles: int | None = None
    original_size: int | None = None


class _Archive(msgspec.Struct):
    name: str
    start: str = ""
    end: str = ""
    time: str = ""
    stats: _Stats | None = None


class _Created(msgspec.Struct):
    archive: _Archive


class _Listed(msgspec.Struct):
    archives: list[_Archive]


def runs_in(report: str, *, zone: tzinfo = UTC, now: datetime) -> list[Told]:
    """The runs that a report tells of, the oldest first.

    `zone` is that of the machine, for Borg, which writes its local time; `now` is when a report
    without any moment came in. Raises ReportUnreadable.
    """
    if len(report) > LARGEST:
        raise ReportUnreadable(_("This report is too large."))
    text = report.strip().lstrip("\ufeff")
    try:
        found = _found(text, zone, now)
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as reason:
        message = _("This is no report of restic or Borg, and no plain one: {reason}.")
        raise ReportUnreadable(message.format(reason=str(reason)[:200])) from None
    if len(found) > MOST_RUNS:
        too_many = _("A report has at most {most} runs.")
        raise ReportUnreadable(too_many.format(most=MOST_RUNS))
    return sorted((_checked(each, now) for each in found), key=lambda told: told.began_at)


def _found(text: str, zone: tzinfo, now: datetime) -> list[Told]:
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and '"message_type"' in lines[0]:
        return _restic_lines(lines, now)
    given: Any = msgspec.json.decode(text.encode())
    if isinstance(given, dict) and "archive" in given:
        return [_archive(msgspec.convert(given, _Created).archive, zone)]
    if isinstance(given, dict) and "archives" in given:
        return [_archive(each, zone) for each in msgspec.convert(given, _Listed).archives]
    listed = given if isinstance(given, list) else [given]
    if all(isinstance(each, dict) and "id" in each and "time" in each for each in listed):
        return [_snapshot(each) for each in msgspec.convert(listed, list[_Snapshot])]
    return [_plain(each) for each in msgspec.convert(listed, list[_Plain], strict=False)]


def _restic_lines(lines: list[str], now: datetime) -> list[Told]:
    """The lines of `restic backup --json`; without a summary it did not come to its end."""
    errors: list[str] = []
    summary: _Summary | None = None
    for line in lines:
        given = msgspec.json.decode(line.encode()) if line.startswith("{") else {}
        kind = given.get("message_type") if isinstance(given, dict) else None
        if kind == "summary":
            summary = msgspec.json.decode(line.encode(), type=_Summary)
        elif kind in ("error", "exit_error"):
            error = given.get("error")
            said = error.get("message") if isinstance(error, dict) else given.get("message")
            errors.append(f"{given.get('item') or ''} {said or ''}".strip())
    if summary is None:
        said = "; ".join(errors) or str(_("restic ended without a summary"))
        return [Told(now, now, False, "", message=said[:500])]
    ended = summary.backup_end or now
    seconds = max(min(summary.total_duration, Decimal(LONGEST_DAYS * 86_400)), Decimal(0))
    took = timedelta(microseconds=int(seconds * 1_000_000))
    return [
        Told(
            summary.backup_start or ended - took,
            ended,
            not errors,
            summary.snapshot_id[:SHORT],
            summary.total_files_processed,
            summary.total_bytes_processed,
            "; ".join(errors)[:500],
        )
    ]


def _snapshot(given: _Snapshot) -> Told:
    at = _moment(given.time, UTC)
    return Told(at, at, True, given.id[:SHORT])


def _archive(given: _Archive, zone: tzinfo) -> Told:
    began = _moment(given.start or given.time, zone)
    ended = _moment(given.end, zone) if given.end else began
    stats = given.stats or _Stats()
    return Told(began, ended, True, given.name[:200], stats.nfiles, stats.original_size)


def _plain(given: _Plain) -> Told:
    if given.ended_at.tzinfo is None:
        raise ValueError("ended_at has no time zone")
    began = given.began_at or given.ended_at
    if began.tzinfo is None:
        raise ValueError("began_at has no time zone")
    return Told(
        began, given.ended_at, given.ok, given.snapshot[:200], given.files, given.size,
        given.message[:500],
    )  # fmt: skip


def _moment(text: str, zone: tzinfo) -> datetime:
    """A moment, with up to nine digits of a second; one without a zone is of the machine's."""
    head, dot, rest = text.partition(".")
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    moment = datetime.fromisoformat(head + dot + digits[:6] + rest[len(digits) :])
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _checked(told: Told, now: datetime) -> Told:
    """Within what rows hold; what lies ahead of our clock by more than an hour is no moment."""
    for count in (told.files, told.size):
        if count is not None and not 0 <= count < 1 << 62:
            raise ReportUnreadable(_("The report counts less than nothing, or too much."))
    if told.began_at > told.ended_at or told.ended_at > now + timedelta(hours=1):
        raise ReportUnreadable(_("The report ends before it begins, or in the future."))
    if told.began_at.year < 2000:
        raise ReportUnreadable(_("The report is of before 2000."))
    if told.snapshot.startswith("-"):
        raise ReportUnreadable(_("A snapshot's name does not begin with a dash."))
    snapshot = told.snapshot or f"{'run' if told.ok else 'failed'}-{told.ended_at:%Y%m%dT%H%M%S.%f}"
    return msgspec.structs.replace(
        told, snapshot=snapshot.replace("\0", ""), message=told.message.replace("\0", "")
    )
