"""After a person was erased: remove their files and scrub what the database left lying."""

from collections.abc import Iterable

from kantoor.kernel.actions.events import subscribe
from kantoor.kernel.files.content import remove
from kantoor.kernel.files.models import File
from kantoor.kernel.record.erasing import personal_models
from kantoor.kernel.record.events import FilesErased, PersonErased
from kantoor.kernel.store.scrub import scrub


@subscribe(PersonErased)
def leave_nothing(event: PersonErased) -> None:
    """Runs after the commit; the erasure itself stands whatever becomes of this."""
    _remove(event.contents)
    scrub([model._meta.db_table for model in personal_models()])


@subscribe(FilesErased)
def leave_no_content(event: FilesErased) -> None:
    """The same of files that went without their person."""
    _remove(event.contents)


def _remove(contents: Iterable[str]) -> None:
    for digest in contents:
        # The same content may be somebody else's file too.
        if not File.objects.filter(sha256=digest, erased_at=None).exists():
            remove(digest)
