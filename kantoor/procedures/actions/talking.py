"""Remarks at an instance; who is named in one (`@name`) finds it in their inbox."""

import re
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.colleagues import visible_users
from kantoor.kernel.errors import InvalidInput
from kantoor.procedures.actions.performing import reference
from kantoor.procedures.department import TAKE_PART
from kantoor.procedures.errors import UnknownProcedure
from kantoor.procedures.models import Comment, Mention
from kantoor.procedures.queries.instances import visible_instances

LONGEST = 5_000
NAMED = re.compile(r"(?<![\w@.])@([a-z0-9][a-z0-9._+@-]{0,149})", re.IGNORECASE)


@action(permission=TAKE_PART, title=_("Say something"))
def comment_on(actor: Actor, /, *, instance: int, text: str) -> None:
    """Say something at an instance that one may see; `@name` tells a colleague.

    Raises UnknownProcedure, InvalidInput.
    """
    found = visible_instances(actor).filter(number=instance).first()
    if found is None:
        raise UnknownProcedure(_("There is no such procedure under way."), field="instance")
    if not text.strip():
        raise InvalidInput(_("Write something."), field="text")
    if len(text) > LONGEST:
        message = _("At most {most} characters.").format(most=LONGEST)
        raise InvalidInput(message, field="text")
    said = Comment.objects.create(
        company_id=actor.company_id, instance=found, user_id=actor.user_id,
        made_at=timezone.now(), text=text.strip(),
    )  # fmt: skip
    names = {name.rstrip(".").lower() for name in NAMED.findall(text)}
    people = visible_users(actor).filter(sign_in__in=names, kind="person", active=True)
    Mention.objects.bulk_create(
        Mention(comment=said, user_id=pk) for pk in sorted(people.values_list("pk", flat=True))
    )
    concerns(reference(found))


@action(permission=TAKE_PART, title=_("Put a mention away"))
def see_mention(actor: Actor, /, *, mention: int) -> None:
    """Put away that one was named in a remark. Raises UnknownProcedure."""
    see_mentions(actor, mentions=[mention])


@action(permission=TAKE_PART, title=_("Put mentions away"), bulk_of="procedures.see_mention")
def see_mentions(actor: Actor, /, *, mentions: Sequence[int]) -> None:
    """Put away several, all or none. Raises UnknownProcedure with the line."""
    mine = Mention.objects.filter(comment__company=actor.company_id, user=actor.user_id)
    found = {each.pk: each for each in mine.filter(pk__in=mentions)}
    for line, key in enumerate(mentions, 1):
        if key not in found:
            at = line if len(mentions) > 1 else None
            raise UnknownProcedure(_("There is no such mention."), field="mention", line=at)
    unseen = [each for each in found.values() if each.seen_at is None]
    for each in unseen:
        each.seen_at = timezone.now()
        concerns(f"procedures.mention/{each.pk}")
    Mention.objects.bulk_update(unseen, ["seen_at"])
