"""Call restic or Borg, and stop it when the work is stopped.

A password comes from the environment (KANTOOR_BACKUP_PASSWORD_<CODE>, or for all of them
KANTOOR_BACKUP_PASSWORD) or a file `keys/backups/<code>.password`; never from the database, and
never on a command line, where others on the machine could read it.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from kantoor.departments.ict.errors_servers import BackupFailed

RESTIC, BORG = "restic", "borg"
LOOK_EVERY_S = 0.5
MOST_SAID = 4 * 1024 * 1024
Waiting = Callable[[], None]
"""Called now and then while a program works; may raise to stop it."""


@dataclass(frozen=True)
class Repository:
    """Where copies are kept: the tool, its address, and a password."""

    tool: str
    address: str
    password: str
    scratch: Path
    """A folder for what the tool keeps by the way; thrown away afterwards."""

    def environment(self) -> dict[str, str]:
        """The environment of the program: nothing of ours but what it needs."""
        kept = ("PATH", "HOME", "LANG", "SSH_AUTH_SOCK", "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY", "RESTIC_REST_USERNAME", "RESTIC_REST_PASSWORD")  # fmt: skip
        env = {name: os.environ[name] for name in kept if name in os.environ}
        env |= {"TZ": "UTC", "LC_ALL": "C.UTF-8"}
        if self.tool == RESTIC:
            cache = str(self.scratch / "cache")
            return env | {"RESTIC_PASSWORD": self.password, "RESTIC_CACHE_DIR": cache}
        return env | {
            "BORG_PASSPHRASE": self.password,
            "BORG_BASE_DIR": str(self.scratch),
            "BORG_RELOCATED_REPO_ACCESS_IS_OK": "yes",
            "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes",
            "BORG_EXIT_CODES": "modern",
        }

    def backup(self, paths: Sequence[str], name: str, plan: str) -> list[str]:
        """The command that backs these paths up under a name, for a plan."""
        if self.tool == RESTIC:
            tags = ["--tag", name, "--tag", plan]
            return ["restic", "-r", self.address, "backup", "--json", *tags, "--", *paths]
        return ["borg", "create", "--json", f"{self.address}::{name}", *paths]

    def restore(self, snapshot: str, into: Path) -> list[str]:
        """The command that brings a copy back; Borg's works in the folder it is called in."""
        if self.tool == RESTIC:
            # Behind the dashes, since a report may name it `--password-command=…`.
            return ["restic", "-r", self.address, "restore", "--target", str(into), "--", snapshot]
        return ["borg", "extract", f"{self.address}::{snapshot}"]

    def prune(self, plan: str, days: int, *, only_show: bool) -> list[list[str]]:
        """The commands that throw away copies of a plan that are older than so many days.

        Others' copies in the repository are left. Whoever calls makes sure that there is a younger
        one: Borg would throw away the last as well.
        """
        dry, within = ["--dry-run"] if only_show else [], f"{days}d"
        if self.tool == RESTIC:
            keep = ["--group-by", "", "--keep-within", within, "--keep-last", "1"]
            return [["restic", "-r", self.address, "forget", "--tag", plan, *keep, "--prune", *dry]]
        ours = f"{plan}-{'[0-9]' * 8}T{'[0-9]' * 6}"
        keep = ["--glob-archives", ours, "--keep-within", within]
        commands = [["borg", "prune", "--list", *keep, *dry, self.address]]
        return commands if only_show else [*commands, ["borg", "compact", self.address]]

    def read_all(self) -> list[str]:
        """The command that reads and checks every byte of the repository."""
        if self.tool == RESTIC:
            return ["restic", "-r", self.address, "check", "--read-data"]
        return ["borg", "check", "--verify-data", self.address]


@dataclass(frozen=True)
class Done:
    """How a program ended: its exit code, and what it said (the end of it)."""

    code: int
    out: str
    said: str


def run_program(
    repository: Repository, command: Sequence[str], folder: Path, waiting: Waiting
) -> Done:
    """Run a command to its end; raises BackupFailed where the program is not there."""
    program = shutil.which(command[0])
    if program is None:
        message = _("{program} is not installed on the machine that Kantoor runs on.")
        raise BackupFailed(message.format(program=command[0]))
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [program, *command[1:]],
            cwd=folder,
            env=repository.environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=said,
        )
        try:
            while True:
                try:
                    code = process.wait(LOOK_EVERY_S)
                    break
                except subprocess.TimeoutExpired:
                    waiting()
        except BaseException:
            process.kill()
            process.wait()
            raise
        return Done(code, _end_of(out), _end_of(said))


def password_of(code: str, keys: Path) -> str:
    """The password of a plan's repository; raises BackupFailed where there is none."""
    name = re.sub(r"[^A-Z0-9]", "_", code.upper())
    found = os.environ.get(f"KANTOOR_BACKUP_PASSWORD_{name}") or os.environ.get(
        "KANTOOR_BACKUP_PASSWORD", ""
    )
    path = keys / "backups" / f"{code}.password"
    if not found and path.is_file():
        found = path.read_text(errors="replace").strip("\r\n")
    if not found:
        message = _("Put the password of the repository in {path} or in {variable}.")
        said = message.format(path=path, variable=f"KANTOOR_BACKUP_PASSWORD_{name}")
        raise BackupFailed(said)
    return found


def _end_of(file: IO[bytes]) -> str:
    size = file.seek(0, 2)
    file.seek(max(size - MOST_SAID, 0))
    return file.read().decode(errors="replace").replace("\0", "")
