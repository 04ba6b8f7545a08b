"""Report people sick and recovered, note how far they came back, and what was done meanwhile."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.actions.leave.finding import employees_by_code
from kantoor.departments.hr.errors_leave import NotEmployed, SicknessOverlaps, UnknownSpell
from kantoor.departments.hr.models import SickDuty, SickPart, SickSpell
from kantoor.departments.hr.queries.leave.reckoning.sickness import (
    Before,
    counted_by,
    due_days,
    goes_on,
)
from kantoor.departments.hr.queries.people.terms import terms_on
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

MANAGE = "hr.manage_sickness"


@action(permission=MANAGE, title=_("Report sick"))
def report_sick(actor: Actor, /, *, employee: str, first: date | None = None) -> int:
    """Report an employee sick from a day (today unless said); gives the key of the spell.

    Within four weeks of the last spell its days count on. What somebody has is not asked: an
    employer may not keep it. Raises NotFound, NotEmployed or SicknessOverlaps.
    """
    party = employees_by_code(actor, [employee])[employee]
    day = first or timezone.localdate()
    if day > timezone.localdate():
        raise InvalidInput(_("Nobody is sick from a day to come."), field="first")
    if party.pk not in terms_on(actor.company_id, day, [party.pk]):
        raise NotEmployed(_("There is no contract on that day."), field="first")
    Party.objects.select_for_update().get(pk=party.pk)
    last = scoped(actor, SickSpell).filter(party=party).order_by("-first").first()
    if last is not None and (last.back_on is None or day < last.back_on):
        message = _("There is sickness from {day} on already.").format(day=last.first.isoformat())
        raise SicknessOverlaps(message, field="first")
    counted = 0
    follows = None
    if last is not None and last.back_on is not None:
        before = Before(last.first, last.back_on, last.counted_days)
        if goes_on(before, day):
            counted, follows = counted_by(before), last
    spell = SickSpell.objects.create(
        subject_id=party.subject_id, company_id=actor.company_id, party=party, first=day, follows=follows,
        counted_days=counted, reported_at=timezone.now(), reported_by=actor.user_id,
    )  # fmt: skip
    SickDuty.objects.bulk_create(
        SickDuty(
            subject_id=party.subject_id,
            company_id=actor.company_id,
            spell=spell,
            step=step,
            due=due,
        )
        for step, due in due_days(day, counted).items()
    )
    concerns(_about(spell))
    return spell.pk


@action(permission=MANAGE, title=_("Note a partial return"))
def note_partial_return(actor: Actor, /, *, employee: str, percent: int, first: date) -> None:
    """Note that somebody works so many percent (0 to 99) of their hours from a day on.

    Of the same day the last one noted goes. Raises UnknownSpell, SicknessOverlaps, InvalidInput.
    """
    spell = _open_spell(actor, employee)
    if not 0 <= percent < 100:
        message = _("Give 0 to 99 percent; report who is wholly back as recovered.")
        raise InvalidInput(message, field="percent")
    if first < spell.first:
        raise SicknessOverlaps(_("That is before the first day sick."), field="first")
    row = SickPart.objects.filter(spell=spell, first=first).first()
    row = row or SickPart(spell=spell, first=first)
    row.percent = percent
    row.save()
    concerns(_about(spell))


@action(permission=MANAGE, title=_("Report recovered"))
def report_recovered(actor: Actor, /, *, employee: str, back_on: date) -> None:
    """Report that somebody is wholly back from a day on. Raises UnknownSpell, SicknessOverlaps."""
    spell = _open_spell(actor, employee)
    if back_on <= spell.first:
        message = _("They are back after the first day sick, {day}.")
        said = message.format(day=spell.first.isoformat())
        raise SicknessOverlaps(said, field="back_on")
    SickPart.objects.filter(spell=spell, first__gte=back_on).delete()
    SickDuty.objects.filter(spell=spell).update(over_on=back_on)
    spell.back_on = back_on
    spell.save()
    concerns(_about(spell))


@action(permission=MANAGE, title=_("Note a step of the sickness process"))
def note_sickness_step(
    actor: Actor, /, *, employee: str, step: str, done_on: date, evidence: str
) -> None:
    """Note when a step that the law asks was done, and where its evidence is.

    Write where the paper is, not what it says. Done again it replaces what was noted.
    Raises UnknownSpell or InvalidInput.
    """
    party = employees_by_code(actor, [employee])[employee]
    spell = scoped(actor, SickSpell).filter(party=party).order_by("-first").first()
    duty = SickDuty.objects.filter(spell=spell, step=step).first() if spell else None
    if spell is None or duty is None:
        raise UnknownSpell(_("This step is not asked of them."), field="step")
    if not spell.first <= done_on <= timezone.localdate():
        message = _("It was done between the first day sick and today.")
        raise InvalidInput(message, field="done_on")
    if not evidence.strip() or len(evidence) > 300:
        message = _("Say where the evidence is, in at most 300 characters.")
        raise InvalidInput(message, field="evidence")
    duty.done_on, duty.evidence, duty.done_by = done_on, evidence.strip(), actor.user_id
    duty.save()
    concerns(_about(spell))


def _open_spell(actor: Actor, employee: str) -> SickSpell:
    party = employees_by_code(actor, [employee])[employee]
    rows = scoped(actor, SickSpell).select_for_update().filter(party=party, back_on=None)
    spell = rows.first()
    if spell is None:
        message = _("“{code}” is not reported sick.").format(code=employee[:40])
        raise UnknownSpell(message, field="employee")
    return spell


def _about(spell: SickSpell) -> str:
    return f"hr.sick_spell/{spell.pk}"
