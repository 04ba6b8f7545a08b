"""Dashboards: made, shared by role, and their cards added, moved and taken off."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import Role
from kantoor.kernel.errors import Conflict, InvalidInput, NotFound
from kantoor.kernel.figures import known_figure
from kantoor.kernel.queries import scoped
from kantoor.management.actions.checking import between, said
from kantoor.management.drafts import CardDraft, DashboardChange, DashboardDraft
from kantoor.management.errors import UnknownCard, UnknownDashboard
from kantoor.management.models import Card, Dashboard, DashboardRole
from kantoor.management.models.dashboards import OBJECTIVES, TABLE
from kantoor.management.queries.figures import seen_figure
from kantoor.management.ready import READY
from kantoor.management.registers import register_named

MANAGE = "management.manage_dashboards"
MOST_CARDS = 40
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@action(permission=MANAGE, title=_("Make the ready dashboards"))
def set_up_dashboards(actor: Actor, /) -> int:
    """Make those dashboards for the standard roles that are not there yet; gives how many.

    A card of a department that is not in this installation is left out.
    """
    known = set(scoped(actor, Dashboard).values_list("code", flat=True))
    wanted = [each for each in READY if each.code not in known]
    roles = {row.code: row for row in Role.objects.all()}
    now = timezone.now()
    rows = Dashboard.objects.bulk_create(
        Dashboard(
            company_id=actor.company_id, code=each.code, title_nl=each.title_nl,
            title_en=each.title_en, made_at=now,
        )
        for each in wanted
    )  # fmt: skip
    DashboardRole.objects.bulk_create(
        DashboardRole(dashboard=row, role=roles[code])
        for row, each in zip(rows, wanted, strict=True)
        for code in each.roles
        if code in roles
    )
    Card.objects.bulk_create(
        Card(
            dashboard=row, place=place, kind=card.kind, subject=card.subject, asked=card.asked,
            most=card.most,
        )
        for row, each in zip(rows, wanted, strict=True)
        for place, card in enumerate(each.cards, 1)
        if _is_there(card.kind, card.subject)
    )  # fmt: skip
    return len(rows)


@action(permission=MANAGE, title=_("Make a dashboard"))
def make_dashboard(actor: Actor, /, *, dashboard: DashboardDraft) -> str:
    """Make an empty dashboard, shared with roles; gives its code.

    Raises Conflict for a code that is there, NotFound for a role that is not, InvalidInput.
    """
    code = dashboard.code.strip().lower()
    if not _CODE.fullmatch(code):
        message = _("A code has small letters, digits and dashes, such as sales-north.")
        raise InvalidInput(message, field="code")
    if scoped(actor, Dashboard).filter(code=code).exists():
        raise Conflict(_("There is a dashboard {code} already.").format(code=code), field="code")
    row = Dashboard.objects.create(
        company_id=actor.company_id, code=code, title_nl=said(dashboard.title_nl, "title_nl", 120),
        title_en=said(dashboard.title_en, "title_en", 120), made_at=timezone.now(),
    )  # fmt: skip
    _share(row, dashboard.roles)
    concerns(about(row))
    return code


@action(permission=MANAGE, title=_("Change a dashboard"))
def change_dashboard(actor: Actor, /, *, change: DashboardChange) -> None:
    """Change the titles of a dashboard, or with whom it is shared.

    Raises UnknownDashboard, NotFound for a role, InvalidInput.
    """
    row = _dashboard(actor, change.code)
    for name in ("title_nl", "title_en"):
        if (text := getattr(change, name)) is not None:
            setattr(row, name, said(text, name, 120))
    row.save()
    if change.roles is not None:
        _share(row, change.roles)
    concerns(about(row))


@action(permission=MANAGE, title=_("Put a dashboard away"))
def end_dashboard(actor: Actor, /, *, code: str) -> None:
    """Show a dashboard no more; the record keeps it. Raises UnknownDashboard."""
    row = _dashboard(actor, code)
    row.ended_at = timezone.now()
    row.save()
    concerns(about(row))


@action(permission=MANAGE, title=_("Add a card"))
def add_card(actor: Actor, /, *, dashboard: str, card: CardDraft) -> int:
    """Add a card at the end of a dashboard; gives its key.

    Raises UnknownDashboard, UnknownCard for a register that is not there, NotFound or NotAllowed
    for a figure, InvalidInput.
    """
    row = _dashboard(actor, dashboard)
    places = list(Card.objects.filter(dashboard=row).values_list("place", flat=True))
    if len(places) >= MOST_CARDS:
        message = _("A dashboard has at most {most} cards.").format(most=MOST_CARDS)
        raise InvalidInput(message, field="dashboard")
    subject = card.subject.strip()
    if card.kind == TABLE:
        register_named(actor, subject)
    elif card.kind != OBJECTIVES:
        seen_figure(actor, subject, "subject")
    made = Card.objects.create(
        dashboard=row, place=max(places, default=0) + 1, kind=card.kind,
        subject="" if card.kind == OBJECTIVES else subject,
        asked=_narrowed(card.asked) if card.kind == TABLE else "",
        most=between(card.most, 1, 60, "most"),
    )  # fmt: skip
    concerns(about(row))
    return made.pk


@action(permission=MANAGE, title=_("Move a card"))
def move_card(actor: Actor, /, *, card: int, by: int) -> None:
    """Move a card so many places on (back, below nought). Raises UnknownCard."""
    row = _card(actor, card)
    cards = list(Card.objects.filter(dashboard=row.dashboard).order_by("place", "pk"))
    now = [each.pk for each in cards].index(row.pk)
    moved = cards.pop(now)
    cards.insert(min(max(now + by, 0), len(cards)), moved)
    changed = []
    for place, each in enumerate(cards, 1):
        if each.place != place:
            each.place = place
            changed.append(each)
    if changed:
        Card.objects.bulk_update(changed, ["place"])
    concerns(about(row.dashboard))


@action(permission=MANAGE, title=_("Take off a card"))
def remove_card(actor: Actor, /, *, card: int) -> None:
    """Take a card off its dashboard. Raises UnknownCard."""
    row = _card(actor, card)
    concerns(about(row.dashboard))
    row.delete()


def about(row: Dashboard) -> str:
    """What acts on a dashboard are about."""
    return f"management.dashboard/{row.pk}"


def _dashboard(actor: Actor, code: str) -> Dashboard:
    rows = scoped(actor, Dashboard).select_for_update().filter(code=code.strip().lower())
    row = rows.filter(ended_at=None).first()
    if row is None:
        message = _("There is no dashboard “{code}”.").format(code=code[:40])
        raise UnknownDashboard(message, field="code")
    return row


def _card(actor: Actor, key: int) -> Card:
    rows = Card.objects.select_for_update(of=("self",)).select_related("dashboard")
    row = rows.filter(pk=key, dashboard__company_id=actor.company_id).first()
    if row is None:
        raise UnknownCard(_("There is no such card."), field="card")
    return row


def _share(row: Dashboard, codes: Sequence[str]) -> None:
    """Let exactly these roles see it; raises NotFound."""
    wanted = list(dict.fromkeys(each.strip() for each in codes if each.strip()))
    roles = {role.code: role for role in Role.objects.filter(code__in=wanted)}
    for place, code in enumerate(wanted, 1):
        if code not in roles:
            message = _("There is no role “{code}”.").format(code=code[:40])
            raise NotFound(message, field="roles", line=place)
    there = {each.role_id: each for each in DashboardRole.objects.filter(dashboard=row)}
    keep = {role.pk for role in roles.values()}
    gone = [each.pk for key, each in there.items() if key not in keep]
    if gone:
        DashboardRole.objects.filter(pk__in=gone).delete()
    DashboardRole.objects.bulk_create(
        DashboardRole(dashboard=row, role_id=key) for key in sorted(keep - set(there))
    )


def _narrowed(asked: str) -> str:
    """A part of an address, read and written again so that it can be nothing else."""
    text = asked.strip().rpartition("?")[2]
    found = urlencode([pair for pair in parse_qsl(text) if pair[0] not in ("cursor", "format")])
    if len(found) > 300:
        raise InvalidInput(_("This is too long."), field="asked")
    return found


def _is_there(kind: str, subject: str) -> bool:
    if kind in (TABLE, OBJECTIVES):
        return True
    return known_figure(subject) is not None
