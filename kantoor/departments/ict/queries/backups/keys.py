"""Plans by the keys of their rows, and files of evidence."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.models import BackupPlan, BackupProof
from kantoor.departments.ict.queries.backups.cover import READ
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotFound
from kantoor.kernel.files.models import File
from kantoor.kernel.queries import query, scoped


@query(permission=READ, title=_("Backups by their keys"))
def plan_codes(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The code and the name of each plan of these keys."""
    rows = scoped(actor, BackupPlan).filter(pk__in=keys).values_list("pk", "code", "name")
    return {key: (code, name) for key, code, name in rows}


@query(permission=READ, title=_("Evidence of a proof"))
def proof_evidence(actor: Actor, /, *, proof: int) -> File:
    """The file of evidence of a drill or a reading. Raises NotFound."""
    row = scoped(actor, BackupProof).select_related("evidence").filter(pk=proof).first()
    if row is None or row.evidence is None:
        raise NotFound(_("There is no such evidence."), field="proof")
    return row.evidence
