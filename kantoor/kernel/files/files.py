"""Store and open files; both are part of an action or a query that says who may."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.files.content import keep, path_of
from kantoor.kernel.files.models import File

_LONGEST_NAME = 200


class FileGone(NotFound):
    """The content isn't there: it was erased, or the data folder is damaged."""

    code = "file.gone"


def store_file(
    actor: Actor,
    *,
    content: bytes | None = None,
    path: Path | None = None,
    name: str,
    media_type: str,
    subject_id: int | None = None,
) -> File:
    """Keep a file, given as bytes or as a path; call it inside an action.

    Its content is on the disk before the row is written, so what is committed can be opened.
    `subject_id` names the person whose file it is, so that it is erased with them.
    """
    assert (content is None) != (path is None), "give the content or the path"
    if path is not None:
        with path.open("rb") as source:
            found = keep(source)
    else:
        found = keep(io.BytesIO(content or b""))
    return File.objects.create(
        subject_id=subject_id,
        company_id=actor.company_id,
        sha256=found.sha256,
        size=found.size,
        media_type=media_type[:100],
        name=_short(name),
        created_at=timezone.now(),
    )


class Content(NamedTuple):
    """A file to be kept with others."""

    content: bytes
    name: str
    media_type: str
    subject_id: int | None


def store_files(actor: Actor, contents: Sequence[Content]) -> list[File]:
    """The same for many at once; gives their rows in order."""
    now, rows = timezone.now(), []
    for each in contents:
        found = keep(io.BytesIO(each.content))
        rows.append(
            File(
                subject_id=each.subject_id,
                company_id=actor.company_id,
                sha256=found.sha256,
                size=found.size,
                media_type=each.media_type[:100],
                name=_short(each.name),
                created_at=now,
            )
        )
    return File.objects.bulk_create(rows)


def open_file(actor: Actor, file: File) -> BinaryIO:
    """The content of a file of the actor's company; raises FileGone."""
    if file.company_id != actor.company_id:
        raise NotFound(_("It does not exist, or not in this company."))
    try:
        return path_of(file.sha256).open("rb")
    except FileNotFoundError:
        raise FileGone(_("The content of this file is no longer kept.")) from None


def _short(name: str) -> str:
    """The name alone, without folders, and never longer than its column; its ending stays."""
    bare = name.replace("\\", "/").rpartition("/")[2].replace("\0", "") or "file"
    if len(bare) <= _LONGEST_NAME:
        return bare
    stem, dot, ending = bare.rpartition(".")
    if not dot or len(ending) > 10:
        return bare[:_LONGEST_NAME]
    return stem[: _LONGEST_NAME - len(ending) - 1] + dot + ending
