"""What can be done next with an item: the buttons of its page, by its state and who looks."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.department import APPROVE_ITEMS, PUBLISH_ITEMS
from kantoor.departments.communication.queries.items.shapes import ItemShown
from kantoor.departments.communication.web.items import words
from kantoor.departments.communication.web.items.plans import LANGUAGES
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.ui.listing import Act

Acts = Sequence[Act | None]


def next_steps(actor: Actor, shown: ItemShown) -> Acts:
    """The next steps, what is most wanted first."""
    state = shown.item.state
    if state == "withdrawn":
        return ()
    if state == "published":
        return (*_deciding(actor, shown), *_correcting(actor, shown), _change(actor, shown))
    asking = state == "draft" and _ask(actor, shown)
    return (
        *_deciding(actor, shown),
        asking or None,
        _publish(actor, shown),
        _change(actor, shown),
    )


def lesser_steps(actor: Actor, shown: ItemShown) -> Acts:
    """What can be done too."""
    row, here = shown.item, words.item_url(shown.item.code)
    if row.state == "withdrawn":
        return ()
    known = {text.language for text in shown.texts}
    translate = [
        act_for(
            actor, "communication.write_text",
            {"text.item": row.code, "text.language": language},
            label=gettext("Write it in {language}").format(language=words.language_name(language)),
            icon="language", back=here,
        )
        for language in LANGUAGES
        if language not in known
    ]  # fmt: skip
    place = act_for(
        actor, "communication.place_item", {"places.item": row.code}, icon="users", back=here
    )
    event = act_for(
        actor, "communication.set_event", {"event.item": row.code}, icon="calendar-event", back=here
    )
    if row.state == "published":
        withdraw = act_for(
            actor, "communication.withdraw_item", item=row.code, icon="eye-off", tone="bad",
            back=here,
        )  # fmt: skip
        settled = (
            (place, event if row.kind == "event" else None) if actor.may(PUBLISH_ITEMS) else ()
        )
        return (*translate, *settled, withdraw)
    return (*translate, place, _plan(actor, shown), event if row.kind == "event" else None)


def blocked(actor: Actor, shown: ItemShown) -> str:
    """Why somebody can't agree who could else."""
    if shown.item.awaits and actor.may(APPROVE_ITEMS) and not shown.may_approve:
        return gettext("You wrote at it, or said whom it is for: somebody else has to agree.")
    return ""


def _deciding(actor: Actor, shown: ItemShown) -> Acts:
    row, here = shown.item, words.item_url(shown.item.code)
    if not row.awaits or not shown.may_approve:
        return ()
    return (
        act_for(
            actor, "communication.approve_item", label=_("Approve"), icon="check", at_once=True,
            back=here, seen=row.seen,
        ),
        act_for(
            actor, "communication.return_item", label=_("Give back"), icon="arrow-back-up",
            back=here, item=row.code,
        ),
    )  # fmt: skip


def _ask(actor: Actor, shown: ItemShown) -> Act | None:
    code = shown.item.code
    return act_for(
        actor, "communication.ask_item_approval", label=_("Ask approval"), icon="user-check",
        at_once=True, back=words.item_url(code), item=code,
    )  # fmt: skip


def _publish(actor: Actor, shown: ItemShown) -> Act | None:
    row = shown.item
    at_once = row.kind == "crisis" and row.state in ("draft", "asked")
    if row.publish_at is not None or not (row.state == "approved" or at_once):
        return None
    label = _("Publish at once") if at_once else _("Publish")
    return act_for(
        actor, "communication.publish_item", label=label, icon="send", at_once=True,
        back=words.item_url(row.code), item=row.code,
        hint=gettext("Somebody is asked to agree to it after.") if at_once else "",
    )  # fmt: skip


def _plan(actor: Actor, shown: ItemShown) -> Act | None:
    row = shown.item
    if row.state == "approved" and not actor.may(PUBLISH_ITEMS):
        return None
    return act_for(
        actor, "communication.schedule_item", label=_("Plan"), icon="calendar-time",
        back=words.item_url(row.code), item=row.code,
    )  # fmt: skip


def _correcting(actor: Actor, shown: ItemShown) -> Acts:
    """A new text of what is published: ask approval of it, then publish it with what was wrong."""
    row = shown.item
    if all(text.published for text in shown.texts):
        return ()
    agreed = shown.approved_version == row.version
    correct = act_for(
        actor, "communication.correct_item", label=_("Publish the correction"), icon="send",
        back=words.item_url(row.code), item=row.code,
    )  # fmt: skip
    ask = _ask(actor, shown) if not agreed and not row.awaits else None
    return (correct if agreed or row.kind == "crisis" else None, ask)


def _change(actor: Actor, shown: ItemShown) -> Act | None:
    row = shown.item
    label = _("Write a correction") if row.state == "published" else _("Change the text")
    return act_for(
        actor, "communication.write_text", {"text.item": row.code, "text.language": row.language},
        label=label, icon="pencil", key="e", back=words.item_url(row.code),
    )  # fmt: skip
