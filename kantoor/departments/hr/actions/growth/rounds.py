"""Rounds of reviews: begun for many people at once, and closed."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_growth import RoundDraft
from kantoor.departments.hr.errors_growth import UnknownReview
from kantoor.departments.hr.errors_people import UnknownUnit
from kantoor.departments.hr.models import Review, ReviewQuestion, ReviewRound, UnitVersion
from kantoor.departments.hr.queries.growth.reach import MANAGE
from kantoor.departments.hr.queries.people.terms import terms_on
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.parties.models import Party
from kantoor.kernel.queries import scoped

MOST_QUESTIONS = 30


@action(permission=MANAGE, title=_("Begin a review round"))
def begin_review_round(actor: Actor, /, *, round: RoundDraft) -> str:
    """Begin reviews of everybody who works here today, or in a unit and within it; gives its code.

    Raises InvalidInput, UnknownUnit, Conflict where there is a round of that title.
    """
    questions = _questions(round)
    code = slugify(round.title)[:60].strip("-") or "round"
    if scoped(actor, ReviewRound).filter(code=code).exists():
        taken = _("There is a round of this name already; give it another title.")
        raise Conflict(taken, field="title")
    today = timezone.localdate()
    terms = terms_on(actor.company_id, today)
    if round.unit:
        units = _within(actor, round.unit)
        terms = {key: each for key, each in terms.items() if each.unit in units}
    if not terms:
        raise InvalidInput(_("Nobody works here, or in this unit."), field="unit")
    now = timezone.now()
    row = ReviewRound.objects.create(
        company_id=actor.company_id, code=code, title=round.title.strip(), begun_at=now,
        starts_on=round.starts_on, ends_on=round.ends_on, due_on=round.due_on,
    )  # fmt: skip
    ReviewQuestion.objects.bulk_create(
        ReviewQuestion(round=row, place=place, text=text) for place, text in enumerate(questions, 1)
    )
    people = scoped(actor, Party).filter(roles__role="employee", erased_at=None).order_by("pk")
    Review.objects.bulk_create(
        Review(
            subject_id=subject, company_id=actor.company_id, round=row, party_id=key,
            manager_id=terms[key].manager, begun_at=now,
        )
        for key, subject in people.values_list("pk", "subject_id")
        if key in terms
    )  # fmt: skip
    concerns(f"hr.review_round/{row.pk}")
    return code


@action(permission=MANAGE, title=_("Close a review round"))
def close_review_round(actor: Actor, /, *, round: str) -> None:
    """Close a round: what is written in it stays, and nobody writes or signs any more.

    Raises UnknownReview.
    """
    row = scoped(actor, ReviewRound).select_for_update().filter(code=round, closed_at=None).first()
    if row is None:
        raise UnknownReview(_("There is no such round, or it is closed."), field="round")
    row.closed_at = timezone.now()
    row.save()
    concerns(f"hr.review_round/{row.pk}")


def _questions(draft: RoundDraft) -> list[str]:
    if not 0 < len(draft.title.strip()) <= 120:
        raise InvalidInput(_("Name it in at most 120 characters."), field="title")
    if draft.ends_on < draft.starts_on:
        raise InvalidInput(_("The last day lies before the first."), field="ends_on")
    found = [line.strip() for line in draft.questions.splitlines() if line.strip()]
    if not 0 < len(found) <= MOST_QUESTIONS or any(len(line) > 300 for line in found):
        message = _("Give 1 to {most} questions of at most 300 characters, one on each line.")
        raise InvalidInput(message.format(most=MOST_QUESTIONS), field="questions")
    return found


def _within(actor: Actor, code: str) -> Collection[int]:
    """A unit and all that is within it today."""
    today = timezone.localdate()
    rows = UnitVersion.objects.filter(unit__company_id=actor.company_id, valid_from__lte=today)
    ordered = rows.order_by("valid_from").values_list("unit__code", "unit_id", "within_id")
    latest = {key: (named, within) for named, key, within in ordered}
    found = {key for key, (named, _within) in latest.items() if named == code.strip()}
    if not found:
        message = _("There is no unit “{code}”; add it to the organisation first.")
        raise UnknownUnit(message.format(code=code[:40]), field="unit")
    while more := {k for k, (_named, within) in latest.items() if within in found} - found:
        found |= more
    return found
