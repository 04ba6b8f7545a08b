"""Let data go whose period is over: a job proposes it, a person decides."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.privacy.rules import MANAGE
from kantoor.departments.hr.errors_privacy import Held, UnknownRule
from kantoor.departments.hr.models import RetentionProposal, RetentionRule, SickSpell
from kantoor.departments.hr.models.privacy.retention import PROPOSED, RELEASED
from kantoor.departments.hr.queries.privacy.holds import holds_of
from kantoor.departments.hr.queries.privacy.longer import kept_longer
from kantoor.departments.hr.queries.privacy.tables import day_of, months_after, tables_to_keep
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor, console_actor
from kantoor.kernel.actors.days import today_of
from kantoor.kernel.actors.models import Company
from kantoor.kernel.jobs.declared import job
from kantoor.kernel.jobs.schedule import every
from kantoor.kernel.jobs.work import Work
from kantoor.kernel.queries import scoped
from kantoor.kernel.record.erasing import erase_files, erase_rows, file_columns

MOST_AT_ONCE = 5_000


@action(permission=MANAGE, title=_("Propose what may go"), hidden=True)
def propose_letting_go(actor: Actor, /, *, on: date) -> int:
    """Propose the rows whose period is over on a day; gives how many. What is held stays out.

    Safe to do twice: a row is proposed once by each rule.
    """
    holds = holds_of(actor.company_id)
    tables, now = tables_to_keep(), timezone.now()
    fresh: list[RetentionProposal] = []
    for rule in scoped(actor, RetentionRule).filter(active=True).order_by("table"):
        model = tables.get(rule.table)
        if model is None or holds.everything or len(fresh) >= MOST_AT_ONCE:
            continue
        known = RetentionProposal.objects.filter(rule=rule).values("row")
        for key, since in _old_rows(actor, model, rule, on, known, holds.subjects):
            over = months_after(day_of(since), rule.months)
            if over <= on:
                fresh.append(
                    RetentionProposal(
                        company_id=actor.company_id,
                        rule=rule,
                        row=key,
                        over_on=over,
                        proposed_at=now,
                    )
                )
    RetentionProposal.objects.bulk_create(fresh)
    return len(fresh)


def _old_rows(
    actor: Actor, model: Any, rule: RetentionRule, on: date, known: Any, held: Collection[int]
) -> list[tuple[int, Any]]:
    """Rows that name a person who is not held and are old enough, with the day.

    Those that are held would stand before all others for good.
    """
    subject: str = model.subject_field
    rows = model.objects.filter(company_id=actor.company_id).exclude(**{subject: None})
    rows = rows.exclude(**{f"{subject}__in": held})
    latest = months_after(on, -rule.months)
    field = model._meta.get_field(rule.field)
    bound = f"{rule.field}__date__lte" if isinstance(field, models.DateTimeField) else None
    rows = rows.filter(**{bound or f"{rule.field}__lte": latest}).exclude(pk__in=known)
    rows = rows.exclude(kept_longer(model, on))
    return list(rows.order_by("pk").values_list("pk", rule.field)[:MOST_AT_ONCE])


@action(permission=MANAGE, title=_("Let data go"))
def release_proposals(actor: Actor, /, *, proposals: Sequence[int]) -> int:
    """Take what is personal out of these rows for good; gives how many rows. The books stay.

    Files that came with them go too, unless something else still holds them.
    Raises UnknownRule, and Held where a hold was set meanwhile.
    """
    rows = scoped(actor, RetentionProposal).select_for_update(of=("self",)).select_related("rule")
    rows = rows.filter(pk__in=proposals, state=PROPOSED)
    found = {row.pk: row for row in rows.order_by("pk")}
    for place, key in enumerate(proposals, 1):
        if key not in found:
            message = _("There is no such proposal, or it was done.")
            raise UnknownRule(message, field="proposals", line=place)
    _erase(actor, list(found.values()))
    now = timezone.now()
    for row in found.values():
        row.state, row.released_at, row.released_by_id = RELEASED, now, actor.user_id
    RetentionProposal.objects.bulk_update(found.values(), ["state", "released_at", "released_by"])
    return len(found)


def _erase(actor: Actor, proposals: Sequence[RetentionProposal]) -> None:
    holds, tables = holds_of(actor.company_id), tables_to_keep()
    wanted: dict[str, list[int]] = defaultdict(list)
    for each in proposals:
        wanted[each.rule.table].append(each.row)
    files: set[int] = set()
    for table, keys in sorted(wanted.items()):
        model: Any = tables[table]
        rows = list(model.objects.filter(pk__in=keys, company_id=actor.company_id).order_by("pk"))
        if any(holds.keep(getattr(row, model.subject_field)) for row in rows):
            raise Held(_("A legal hold keeps some of this; end it, or leave those out."))
        erase_rows(model, [row for row in rows if getattr(row, model.subject_field) is not None])
        if model is SickSpell:
            # One that is kept and goes on with these would tell whose they were.
            SickSpell.objects.filter(follows__in=keys).update(follows=None)
        files |= {
            key for row in rows for name in file_columns(model) if (key := getattr(row, name))
        }
    if files:
        erase_files(actor, files, [tables[table] for table in wanted])


def anything_ruled() -> bool:
    """Whether any company has a rule."""
    return RetentionRule.objects.filter(active=True).exists()


@every(minutes=24 * 60, when=anything_ruled)
@job(title=_("Propose what may go"), quick=True)
def propose_what_may_go(work: Work, /) -> None:
    """Look in every company that has rules what is over, as the installation."""
    companies = RetentionRule.objects.filter(active=True).values("company_id")
    for company in Company.objects.filter(pk__in=companies).order_by("pk"):
        acting = console_actor(company)
        propose_letting_go(acting, on=today_of(acting))
