"""After a person was erased: remove their files and scrub what the database left lying."""

from kantoor.kernel.actions.events import subscribe
from kantoor.kernel.files.content import remove
from kantoor.kernel.files.models import File
from kantoor.kernel.record.erasing import personal_models
from kantoor.kernel.record.events import PersonErased
from kantoor.kernel.store.scrub import scrub


@subscribe(PersonErased)
def leave_nothing(event: PersonErased) -> None:
    """Runs after the commit; the erasure itself stands whatever becomes of this."""
    for digest in event.contents:
        # The same content may be somebody else's file too.
        if not File.objects.filter(sha256=digest, erased_at=None).exists():
            remove(digest)
    scrub([model._meta.db_table for model in personal_models()])
