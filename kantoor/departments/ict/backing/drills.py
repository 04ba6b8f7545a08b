"""A restore drill: a copy is brought back into a sandbox and every file compared with its manifest.

What makes it a proof: the manifest was made of the source, before the backup program touched it,
and is kept outside of the repository, where the record holds to it. A repository that is damaged,
of something else, or that was written over with what looks sound does not pass.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from kantoor.departments.ict.backing.programs import Done, Repository, Waiting, run_program
from kantoor.departments.ict.formats.backups.manifest import differences, hash_files

SHOWN = 20


@dataclass(frozen=True)
class Drilled:
    """What came of a drill; `evidence` is what is kept of it."""

    ok: bool
    files: int
    size: int
    wrong: int
    message: str
    evidence: str


def drill(
    repository: Repository, snapshot: str, manifest: dict[str, str], waiting: Waiting
) -> Drilled:
    """Bring a copy back, compare it, and throw it away."""
    sandbox = Path(tempfile.mkdtemp(prefix="restore-", dir=repository.scratch))
    try:
        done = run_program(repository, repository.restore(snapshot, sandbox), sandbox, waiting)
        came = hash_files([sandbox], sandbox, lambda _count: waiting())
        size = sum((sandbox / path).stat().st_size for path in came)
    finally:
        shutil.rmtree(sandbox, ignore_errors=True)
    return _judged(done, manifest, came, size)


def _judged(done: Done, manifest: dict[str, str], came: dict[str, str], size: int) -> Drilled:
    wrong = differences(manifest, came)
    if not manifest:
        message = _("There is no manifest of this run, so nothing could be compared.")
    elif done.code:
        said = done.said.strip().splitlines()[-1:] or [_("without a word")]
        message = _("The restore failed ({code}): {said}").format(code=done.code, said=said[0])
    elif wrong:
        message = _("{count} of {all} files are not as they were.").format(
            count=len(wrong), all=len(manifest)
        )
    else:
        message = _("All {all} files came back as they were.").format(all=len(manifest))
    ok = bool(manifest) and not done.code and not wrong
    bad = dict(wrong)
    lines = [
        f"# exit code {done.code}",
        *(f"# {line}" for line in done.said.splitlines()[-200:]),
        *(
            f"{came.get(path) or '-' * 64}  {bad.get(path, 'as it was')}  {path!r}"
            for path in sorted({*manifest, *came})
        ),
    ]
    return Drilled(ok, len(came), size, len(wrong), message[:500], "\n".join(lines) + "\n")
