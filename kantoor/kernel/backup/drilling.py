"""Prove that a backup comes back: into a sandbox, by a process that knows nothing of this one.

The sandbox has its own data folder and a SQLite database, whatever database the backup is of. What
came back is proved against its own record by `verify`, and the head of that record is held to the
record as it is here: a backup of another installation, or of a history that was rewritten since,
does not pass.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kantoor.kernel.backup.contents import Manifest
from kantoor.kernel.backup.reading import check
from kantoor.kernel.console.answers import Fault
from kantoor.kernel.record.merkle import Frontier
from kantoor.kernel.store.stream import stream


@dataclass(frozen=True)
class Drilled:
    """What came of a drill; `answer` is what the restore in the sandbox said."""

    faults: list[Fault]
    answer: Mapping[str, Any]


def drill(path: Path, identities: Sequence[object]) -> Drilled:
    """Restore a backup into a sandbox, verify it there, and throw the sandbox away."""
    manifest = check(path, identities)
    sandbox = Path(tempfile.mkdtemp(prefix="kantoor-drill-"))
    try:
        answer = _restore_elsewhere(path, sandbox, identities)
    finally:
        shutil.rmtree(sandbox, ignore_errors=True)
    faults = [Fault(**each) for each in answer.get("faults", [])]
    if not answer.get("ok") and not faults:
        faults = [Fault("drill", str(path), _("The restore ended without an answer."))]
    if not is_of_this_record(manifest):
        what = _("Its record is not the beginning of the record here.")
        faults.append(Fault("record", str(path), what))
    return Drilled(faults, answer)


def _restore_elsewhere(path: Path, sandbox: Path, identities: Sequence[object]) -> dict[str, Any]:
    dropped = ("DATABASE_URL", "KANTOOR_HEADS_DIR", "DJANGO_SETTINGS_MODULE")
    env = {name: value for name, value in os.environ.items() if name not in dropped}
    env["KANTOOR_DATA"] = str(sandbox / "from")
    env["KANTOOR_RECOVERY_KEY"] = "\n".join(map(str, identities))
    command = [sys.executable, "-m", "kantoor", "--json", "restore", str(path)]
    done = subprocess.run(
        [*command, "--into", str(sandbox / "into")],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def is_of_this_record(manifest: Manifest) -> bool:
    """Whether the record here has the very root of the backup at its size."""
    frontier = Frontier()
    leaves = stream(
        "SELECT leaf FROM kernel_record WHERE seq <= %s ORDER BY seq", [manifest.head_size]
    )
    size = 0
    for (leaf,) in leaves:
        frontier.append(bytes(leaf))
        size += 1
    return size == manifest.head_size and frontier.root().hex() == manifest.head_root
