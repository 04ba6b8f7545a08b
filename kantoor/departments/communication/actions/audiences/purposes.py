"""Set purposes: what people are written about, and the words that they agree to."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.actions.audiences.wording import checked_code, checked_name
from kantoor.departments.communication.department import MANAGE_AUDIENCES
from kantoor.departments.communication.drafts_audiences import PurposeDraft
from kantoor.departments.communication.errors import UnknownAudience
from kantoor.departments.communication.models import Purpose
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.queries import scoped

LONGEST_TEXT = 1_000


@action(permission=MANAGE_AUDIENCES, title=_("Set a purpose"))
def set_purpose(actor: Actor, /, *, purpose: PurposeDraft) -> str:
    """Set what people are written about, new or said anew; gives the code.

    Who agreed to its words before is kept with the words of then. Raises InvalidInput.
    """
    code, text = checked_code(purpose.code), purpose.text.strip()
    if not text or len(text) > LONGEST_TEXT:
        message = _("Say what people agree to, in at most {most} characters.")
        raise InvalidInput(message.format(most=LONGEST_TEXT), field="text")
    row = scoped(actor, Purpose).filter(code=code).first()
    row = row or Purpose(company_id=actor.company_id, code=code)
    row.name, row.text = checked_name(purpose.name), text
    row.active, row.changed_at = True, timezone.now()
    row.save()
    concerns(f"communication.purpose/{row.pk}")
    return code


@action(permission=MANAGE_AUDIENCES, title=_("Put purposes away"))
def put_away_purposes(actor: Actor, /, *, codes: Sequence[str]) -> None:
    """Ask nobody any more to agree to these; who did stays known. Raises UnknownAudience."""
    rows = scoped(actor, Purpose).filter(code__in=set(codes))
    known = set(rows.values_list("code", flat=True))
    for place, code in enumerate(codes, 1):
        if code not in known:
            message = _("There is no purpose “{code}”.").format(code=code[:40])
            raise UnknownAudience(message, field="codes", line=place)
    rows.update(active=False, changed_at=timezone.now())
