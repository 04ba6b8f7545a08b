"""Finds programs on this machine, and installs Debian packages where that is allowed."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

PACKAGES: dict[str, tuple[str, ...]] = {
    "borg": ("borgbackup",),
    "chromium": ("chromium-headless-shell", "fonts-liberation"),
    "fusioninventory-agent": ("fusioninventory-agent",),
    "hledger": ("hledger",),
    "postgres": ("postgresql",),
    "prometheus-alertmanager": ("prometheus-alertmanager",),
    "restic": ("restic",),
    "xgettext": ("gettext",),
}
"""Each program that tests or checks call, and the Debian packages that bring it."""

OLDEST_POSTGRES = 15


class CannotInstall(Exception):
    """A Debian package that could not be installed, with the end of what apt-get said."""


def find(program: str) -> Path | None:
    """Where a program is; PostgreSQL's server lies outside PATH on Debian."""
    if program == "postgres":
        return _find_postgres()
    found = shutil.which(program)
    if program == "chromium":  # without windows it needs a quarter less work for the same page
        found = shutil.which("chromium-headless-shell") or found
    return Path(found) if found else None


def _find_postgres() -> Path | None:
    for folder in _by_version(Path("/usr/lib/postgresql").glob("*/bin")):
        if int(folder.parent.name) >= OLDEST_POSTGRES and (folder / "initdb").exists():
            return folder / "postgres"
    found = shutil.which("postgres")
    return Path(found).resolve() if found and shutil.which("initdb") else None


def _by_version(folders: Iterable[Path]) -> Sequence[Path]:
    numbered = (folder for folder in folders if folder.parent.name.isdigit())
    return sorted(numbered, key=lambda folder: int(folder.parent.name), reverse=True)


def can_install() -> bool:
    """Whether Debian packages can be installed here without asking anybody."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Sequence[str]) -> None:
    """Install Debian packages; raise `CannotInstall` when apt-get fails."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for attempt in (["apt-get", "update", "-qq"], command):
        done = subprocess.run(
            attempt, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
    if done.returncode:
        raise CannotInstall(f"{done.stderr.strip()[-1500:]}\n\n`{' '.join(command)}` failed.")


def unpack(package: str, folder: Path, pattern: str) -> Path | None:
    """Unpack a Debian package into a folder and find a file in it; needs no rights at all.

    None where that can't be done: no apt-get, no such package, no network.
    """
    if shutil.which("apt-get") is None:
        return None
    (folder / "lists" / "partial").mkdir(parents=True)
    options = ["-qq", "-o", f"Dir::Cache={folder}"]
    lists = ["-o", f"Dir::State::Lists={folder}/lists"]  # for a machine that has none yet
    for command in (
        ["apt-get", *options, "download", package],
        ["apt-get", *options, *lists, "update"],
        ["apt-get", *options, *lists, "download", package],
    ):
        subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True)
        for file in folder.glob(f"{package}_*.deb"):
            subprocess.run(["dpkg-deb", "-x", file, folder], check=True)
            return next(folder.glob(pattern), None)
    return None


def ensure(programs: Sequence[str]) -> list[str]:
    """Install what is missing of these programs where possible; return what is still missing."""
    missing = [program for program in programs if find(program) is None]
    if missing and can_install():
        packages = [package for program in missing for package in PACKAGES[program]]
        print(f"Set-up: installing {', '.join(packages)}", flush=True)
        try:
            install(packages)
        except CannotInstall as problem:
            print(problem, flush=True)
    return [program for program in missing if find(program) is None]


def advice(missing: Sequence[str]) -> str:
    """What a person should type to get these programs."""
    packages = [package for program in missing for package in PACKAGES[program]]
    return f"sudo apt-get install {' '.join(packages)}"
