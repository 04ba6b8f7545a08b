"""Reviews as they are looked at: rounds, those of oneself and one's people, and one of them."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.errors_growth import UnknownReview
from kantoor.departments.hr.models import Review, ReviewAnswer, ReviewQuestion, ReviewRound
from kantoor.departments.hr.models.growth.review import (
    MANAGERS_PART,
    OWN_PART,
    SIGNED,
    SIGNING,
)
from kantoor.departments.hr.queries.growth.reach import MANAGE, OWN, Reach, reach_of
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.paging import PAGE, Page, page_by, sorted_by
from kantoor.kernel.queries import query, scoped

SORTS = {"person": ("party__name", "pk"), "due_on": ("round__due_on", "pk")}


class RoundRow(msgspec.Struct, frozen=True):
    """A round; `reviews` are all of it, `signed` those that are done."""

    id: int
    code: str
    title: str
    starts_on: date
    ends_on: date
    due_on: date
    reviews: int
    signed: int
    closed: bool


class ReviewRow(msgspec.Struct, frozen=True):
    """A review as listed; `waits_for_me` says that the next step is one's own."""

    id: int
    person: str
    round: str
    round_title: str
    due_on: date
    state: str
    waits_for_me: bool


class Answered(msgspec.Struct, frozen=True):
    """A question with what was answered; empty where that may not be seen yet."""

    question: int
    text: str
    own: str
    managers: str


class ReviewShown(msgspec.Struct, frozen=True):
    """A review with its answers. `mine` is one's own, `manages` says that one is the manager."""

    review: ReviewRow
    starts_on: date
    ends_on: date
    answers: list[Answered]
    summary: str
    manager: str
    signed_by_person_at: datetime | None
    signed_by_manager_at: datetime | None
    mine: bool
    manages: bool
    closed: bool


@query(permission=MANAGE, title=_("Review rounds"), exposed=True)
def review_rounds(actor: Actor, /) -> list[RoundRow]:
    """The rounds of reviews, the newest first."""
    rows = scoped(actor, ReviewRound).annotate(
        all_of_it=Count("reviews"), done=Count("reviews", filter=Q(reviews__state=SIGNED))
    )
    return [
        RoundRow(
            row.pk, row.code, row.title, row.starts_on, row.ends_on, row.due_on, row.all_of_it,
            row.done, row.closed_at is not None,
        )
        for row in rows.order_by("-pk")
    ]  # fmt: skip


@query(permission=MANAGE, title=_("Reviews"), exposed=True)
def reviews(
    actor: Actor, /, *, round: str = "", state: str = "", search: str = "",
    sort: str = "person", cursor: str = "", limit: int = PAGE,
) -> Page[ReviewRow]:  # fmt: skip
    """All reviews; `round` is the code of one, `search` a part of a name."""
    found = scoped(actor, Review)
    if round:
        found = found.filter(round__code=round)
    if state:
        found = found.filter(state=state)
    if search:
        found = found.filter(party__name__icontains=search)
    return _page(found, reach_of(actor), sort, cursor, limit)


@query(permission=OWN, title=_("My reviews"), exposed=True)
def my_reviews(
    actor: Actor, /, *, sort: str = "-due_on", cursor: str = "", limit: int = PAGE
) -> Page[ReviewRow]:
    """Those of oneself and of the people that one manages."""
    reach = reach_of(actor)
    return _page(reach.mine(scoped(actor, Review)), reach, sort, cursor, limit)


@query(permission=OWN, title=_("Reviews that wait for me"))
def reviews_waiting(actor: Actor, /, *, most: int = 5) -> list[ReviewRow]:
    """The reviews whose next step is one's own, the first due first."""
    reach = reach_of(actor)
    signing = Q(state=SIGNING)
    own = Q(party=reach.own) & (Q(state=OWN_PART) | signing & Q(signed_by_person_at=None))
    theirs = Q(party__in=reach.people) & (
        Q(state=MANAGERS_PART) | signing & Q(signed_by_manager_at=None)
    )
    rows = scoped(actor, Review).filter(own | theirs, round__closed_at=None)
    rows = rows.select_related("party", "round").order_by("round__due_on", "pk")
    return [_row(row, reach) for row in rows[:most]]


@query(permission=OWN, title=_("A review"), exposed=True)
def review(actor: Actor, /, *, key: int) -> ReviewShown:
    """A review of oneself, of one's people, or as HR. Raises UnknownReview.

    What somebody writes their manager sees when it is handed in, and the other way round.
    """
    reach = reach_of(actor)
    rows = reach.seen(scoped(actor, Review)).select_related("party", "round", "manager")
    row = rows.filter(pk=key).first()
    if row is None:
        raise UnknownReview(_("There is no such review, or it isn't yours to see."), field="key")
    mine, manages = row.party_id == reach.own, reach.is_manager_of(row.party_id)
    return ReviewShown(
        review=_row(row, reach),
        starts_on=row.round.starts_on,
        ends_on=row.round.ends_on,
        answers=_answers(row, mine, manages),
        summary=row.summary if manages or row.manager_done_at else "",
        manager=row.manager.name if row.manager else "",
        signed_by_person_at=row.signed_by_person_at,
        signed_by_manager_at=row.signed_by_manager_at,
        mine=mine,
        manages=manages,
        closed=row.round.closed_at is not None,
    )


@query(permission=OWN, title=_("Reviews by their keys"))
def review_titles(actor: Actor, /, *, keys: Sequence[int]) -> dict[int, str]:
    """What the reviews of these keys are called, those that one may see."""
    rows = reach_of(actor).seen(scoped(actor, Review)).filter(pk__in=keys)
    named = rows.values_list("pk", "party__name", "round__title")
    return {key: f"{person}, {title}" for key, person, title in named}


def _answers(row: Review, mine: bool, manages: bool) -> list[Answered]:
    given = {each.question_id: each for each in ReviewAnswer.objects.filter(review=row)}
    own_shows = mine or row.own_done_at is not None
    managers_shows = manages or row.manager_done_at is not None
    shown = []
    for question in ReviewQuestion.objects.filter(round=row.round_id).order_by("place"):
        answer = given.get(question.pk)
        own = answer.own if answer and own_shows else ""
        managers = answer.managers if answer and managers_shows else ""
        shown.append(Answered(question.pk, question.text, own, managers))
    return shown


def _page(
    found: "QuerySet[Review]", reach: Reach, sort: str, cursor: str, limit: int
) -> Page[ReviewRow]:
    rows = found.filter(party__erased_at=None).select_related("party", "round")
    page = page_by(rows, order=sorted_by(sort, SORTS), cursor=cursor, limit=limit, totals={})
    return page.map(lambda row: _row(row, reach))


def _row(row: Review, reach: Reach) -> ReviewRow:
    mine, manages = row.party_id == reach.own, row.party_id in reach.people
    signs = (mine and row.signed_by_person_at is None) or (
        manages and row.signed_by_manager_at is None
    )
    waits = {OWN_PART: mine, MANAGERS_PART: manages, SIGNING: signs}.get(row.state, False)
    return ReviewRow(
        row.pk, row.party.name, row.round.code, row.round.title, row.round.due_on, row.state,
        waits and row.round.closed_at is None,
    )  # fmt: skip
