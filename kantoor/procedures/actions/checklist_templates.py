"""Templates of checklists: their items, which a person ticks or the system observes."""

import re
import secrets
from collections.abc import Mapping, Sequence

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.erasure import new_subjects
from kantoor.procedures.checklists_ready import READY
from kantoor.procedures.department import MANAGE
from kantoor.procedures.drafts import ChecklistDraft, ItemDraft
from kantoor.procedures.models import Checklist, ChecklistItem
from kantoor.procedures.queries.observing import Observer, account_name

MOST_ITEMS = 200


@action(permission=MANAGE, title=_("Keep a checklist"))
def keep_checklist(
    actor: Actor, /, *, draft: ChecklistDraft, items: Sequence[ItemDraft]
) -> list[str]:
    """Keep the template of a checklist, or change the one with its code; runs keep their items.

    Gives what of it can't be observed yet, in sentences: a run of it begins only when there is
    nothing. Raises InvalidInput with the line.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", draft.code):
        message = _("Use lower-case letters, digits and hyphens, such as month-end.")
        raise InvalidInput(message, field="draft.code")
    if not draft.name.strip():
        raise InvalidInput(_("Give the checklist a name."), field="draft.name")
    if not 1 <= len(items) <= MOST_ITEMS:
        few = _("A checklist has from 1 to {most} items.").format(most=MOST_ITEMS)
        raise InvalidInput(few, field="items")
    names = draft.inputs.split()
    if any(not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) for name in names):
        wrong = _("Write names of lower-case letters with a space between, such as employee.")
        raise InvalidInput(wrong, field="draft.inputs")
    kept = scoped(actor, Checklist).filter(code=draft.code).first()
    kept = kept or Checklist(company_id=actor.company_id, code=draft.code)
    kept.name, kept.name_nl = draft.name.strip()[:200], draft.name_nl.strip()[:200]
    kept.inputs, kept.retired_at = " ".join(names)[:300], None
    kept.save()
    made = [_item(kept, place, each) for place, each in enumerate(items, 1)]
    _replace(kept, made)
    _account(actor)
    concerns(f"procedures.checklist/{kept.pk}")
    return faults_of(actor, kept, made)


@action(permission=MANAGE, title=_("Use checklists no more"))
def retire_checklists(actor: Actor, /, *, checklists: Sequence[str]) -> None:
    """Take templates out of use, by their codes; runs go on. Raises NotFound."""
    found = list(scoped(actor, Checklist).select_for_update().filter(code__in=checklists))
    if missing := sorted(set(checklists) - {each.code for each in found}):
        message = _("There is no checklist “{code}”.").format(code=missing[0][:40])
        raise NotFound(message, field="checklists")
    for each in found:
        each.retired_at = each.retired_at or timezone.now()
        concerns(f"procedures.checklist/{each.pk}")
    Checklist.objects.bulk_update(found, ["retired_at"])


@action(permission=MANAGE, title=_("Use the checklists that come ready"))
def use_ready_checklists(actor: Actor, /) -> list[str]:
    """Take over those that come with Kantoor and are not here yet; gives their codes."""
    there = set(scoped(actor, Checklist).values_list("code", flat=True))
    made = [(draft, items) for draft, items in READY if draft.code not in there]
    for draft, items in made:
        keep_checklist(actor, draft=draft, items=items)
    return [draft.code for draft, _items in made]


def faults_of(actor: Actor, kept: Checklist, items: Sequence[ChecklistItem]) -> list[str]:
    """What of a template can't be observed, in sentences that name the item."""
    observer, names = Observer(actor), frozenset(kept.inputs.split())
    return [
        f"{each.place}. {each.title}: {fault}"
        for each in items
        if each.query
        for fault in observer.faults(each, names)
    ]


def _item(kept: Checklist, place: int, draft: ItemDraft) -> ChecklistItem:
    if not draft.title.strip():
        raise InvalidInput(_("Say what is checked."), field="title", line=place)
    if bool(draft.query) != bool(draft.holds.strip()):
        message = _("What is observed has a question and an expression that must hold.")
        raise InvalidInput(message, field="holds" if draft.query else "query", line=place)
    if not draft.query and (draft.given or draft.listens):
        message = _("Only what is observed has inputs and events.")
        raise InvalidInput(message, field="given" if draft.given else "listens", line=place)
    given = msgspec.json.encode(_given(draft.given, place)).decode()
    return ChecklistItem(
        checklist=kept, place=place, title=draft.title.strip()[:200],
        title_nl=draft.title_nl.strip()[:200], query=draft.query[:120], given=given,
        holds=draft.holds.strip()[:500], listens=" ".join(draft.listens.split())[:500],
    )  # fmt: skip


def _given(text: str, place: int) -> Mapping[str, str]:
    """`employee=employee; on=today()` as expressions by parameter."""
    found: dict[str, str] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        name, equals, expression = part.partition("=")
        if not equals or not expression.strip():
            message = _(
                "Write inputs as name=expression with ; between, such as employee=employee."
            )
            raise InvalidInput(message, field="given", line=place)
        found[name.strip()] = expression.strip()
    return found


def _replace(kept: Checklist, made: Sequence[ChecklistItem]) -> None:
    """Put these items in the place of those that were there; what stays the same keeps its row."""
    there = {each.place: each for each in ChecklistItem.objects.filter(checklist=kept)}
    names = ["title", "title_nl", "query", "given", "holds", "listens"]
    changed, fresh = [], []
    for each in made:
        old = there.pop(each.place, None)
        if old is None:
            fresh.append(each)
            continue
        for name in names:
            setattr(old, name, getattr(each, name))
        changed.append(old)
    ChecklistItem.objects.bulk_update(changed, names)
    ChecklistItem.objects.bulk_create(fresh)
    if there:
        ChecklistItem.objects.filter(pk__in=[each.pk for each in there.values()]).delete()


def _account(actor: Actor) -> User:
    """The account that observes for the company; it is made with the first checklist."""
    name = account_name(actor.company_id)
    found = User.objects.filter(sign_in=name).first()
    return found or User.objects.create(
        sign_in=name,
        name="Checklists",
        kind="machine",
        language=actor.language,
        zone=actor.zone,
        subject_id=new_subjects(1)[0],
        session_salt=secrets.token_hex(8),
        created_at=timezone.now(),
    )
