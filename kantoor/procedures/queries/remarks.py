"""What was said at instances, and where somebody was named in it."""

from datetime import datetime

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query
from kantoor.procedures.department import TAKE_PART
from kantoor.procedures.models import Comment, Mention

MOST = 500


class CommentRow(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said."""

    user: str
    made_at: datetime
    text: str


class MentionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A remark in which one was named; `seen` says that it was put away."""

    id: int
    user: str
    made_at: datetime
    text: str
    instance: int
    instance_title: str
    seen: bool


def remarks_of(instance: int) -> list[CommentRow]:
    """What was said at an instance, in the order in which it was."""
    found = Comment.objects.filter(instance=instance).select_related("user").order_by("pk")
    return [
        CommentRow(user=each.user.name if each.user else "", made_at=each.made_at, text=each.text)
        for each in found[:MOST]
    ]


@query(permission=TAKE_PART, title=_("Where one was named"), exposed=True)
def mentions(
    actor: Actor, /, *, seen: bool = False, cursor: str = "", limit: int = PAGE
) -> Page[MentionRow]:
    """The remarks in which one was named and that one did not put away yet, or (`seen`) all."""
    found = Mention.objects.filter(comment__company=actor.company_id, user=actor.user_id)
    if not seen:
        found = found.filter(seen_at=None)
    page = page_by(
        found.select_related("comment__instance", "comment__user"),
        order=sorted_by("-made_at", {"made_at": ()}), cursor=cursor, limit=limit, totals={},
    )  # fmt: skip
    return page.map(_row)


def _row(each: Mention) -> MentionRow:
    said = each.comment
    return MentionRow(
        id=each.pk,
        user=said.user.name if said.user else "",
        made_at=said.made_at,
        text=said.text,
        instance=said.instance.number,
        instance_title=said.instance.title,
        seen=each.seen_at is not None,
    )
