"""Reviews: each writes their part and hands it in, then both sign."""

from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.drafts_growth import ReviewAnswerDraft
from kantoor.departments.hr.errors_growth import ReviewState, UnknownReview
from kantoor.departments.hr.models import Review, ReviewAnswer, ReviewQuestion
from kantoor.departments.hr.models.growth.review import (
    MANAGERS_PART,
    OWN_PART,
    SIGNED,
    SIGNING,
)
from kantoor.departments.hr.queries.growth.reach import OWN, Reach, reach_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput, NotFound
from kantoor.kernel.queries import scoped

LONGEST = 10_000


@action(permission=OWN, title=_("Write my part of a review"))
def write_own_review(
    actor: Actor, /, *, review: int, answers: Sequence[ReviewAnswerDraft] = (), done: bool = False
) -> None:
    """Answer the questions about oneself; with `done` the manager sees it and writes theirs.

    Raises UnknownReview, ReviewState when it was handed in, InvalidInput.
    """
    row = _locked(actor, review, lambda reach, party: party == reach.own)
    _refuse_turn(row, OWN_PART)
    _write(actor, row, answers, "own")
    if done:
        row.state, row.own_done_at = MANAGERS_PART, timezone.now()
        row.save()


@action(permission=OWN, title=_("Write the manager's part of a review"))
def write_managers_review(
    actor: Actor, /, *, review: int, answers: Sequence[ReviewAnswerDraft] = (),
    summary: str = "", done: bool = False,
) -> None:  # fmt: skip
    """Answer the questions about somebody whom one manages; with `done` both can sign it.

    Raises UnknownReview, ReviewState when it is not the manager's turn, InvalidInput.
    """
    row = _locked(actor, review, Reach.is_manager_of)
    _refuse_turn(row, MANAGERS_PART)
    if len(summary) > LONGEST:
        raise InvalidInput(_("This is too long."), field="summary")
    _write(actor, row, answers, "managers")
    row.summary = summary.strip()
    if done:
        row.state, row.manager_done_at = SIGNING, timezone.now()
    row.save()


@action(permission=OWN, title=_("Sign a review"))
def sign_review(actor: Actor, /, *, review: int) -> None:
    """Sign a review, as the one it is about or as their manager; signed twice changes nothing.

    Raises UnknownReview, ReviewState when a part is missing.
    """
    row = _locked(actor, review, Reach.sees)
    if row.state == SIGNED:
        return
    _refuse_turn(row, SIGNING)
    now = timezone.now()
    if row.party_id == reach_of(actor).own:
        row.signed_by_person_at = row.signed_by_person_at or now
    else:
        row.signed_by_manager_at = row.signed_by_manager_at or now
    if row.signed_by_person_at and row.signed_by_manager_at:
        row.state = SIGNED
    row.save()


def _locked(actor: Actor, key: int, may: Callable[[Reach, int], bool]) -> Review:
    rows = scoped(actor, Review).select_for_update(of=("self",)).select_related("round")
    row = rows.filter(pk=key).first()
    if row is None or not may(reach_of(actor), row.party_id):
        message = _("There is no such review, or it isn't yours to write.")
        raise UnknownReview(message, field="review")
    if row.round.closed_at is not None:
        raise ReviewState(_("This round is closed; HR can begin another."), field="review")
    concerns(f"hr.review/{row.pk}")
    return row


def _refuse_turn(row: Review, state: str) -> None:
    if row.state != state:
        message = _("It is not the turn of this part; look at the review again.")
        raise ReviewState(message, field="review")


def _write(actor: Actor, row: Review, answers: Sequence[ReviewAnswerDraft], whose: str) -> None:
    """Keep the answers; those that are not given stay as they are."""
    known = set(ReviewQuestion.objects.filter(round=row.round_id).values_list("pk", flat=True))
    there = {each.question_id: each for each in ReviewAnswer.objects.filter(review=row)}
    now = timezone.now()
    fresh: dict[int, ReviewAnswer] = {}
    changed: dict[int, ReviewAnswer] = {}
    for place, each in enumerate(answers, 1):
        if each.question not in known:
            raise NotFound(_("There is no such question."), field="question", line=place)
        if len(each.text) > LONGEST or "\0" in each.text:
            raise InvalidInput(_("This is too long."), field="text", line=place)
        answer = there.get(each.question) or fresh.get(each.question)
        if answer is None:
            answer = fresh[each.question] = ReviewAnswer(
                subject_id=row.subject_id, company_id=actor.company_id, review=row,
                question_id=each.question,
            )  # fmt: skip
        elif each.question in there:
            changed[each.question] = answer
        setattr(answer, whose, each.text.strip())
        answer.written_at = now
    ReviewAnswer.objects.bulk_create(fresh.values())
    if changed:
        ReviewAnswer.objects.bulk_update(changed.values(), [whose, "written_at"])
