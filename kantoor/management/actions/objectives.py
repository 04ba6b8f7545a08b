"""Objectives: set, changed, followed by key results, spoken of, and closed with a conclusion."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.models import User
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.figures import figure_named
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped
from kantoor.management.actions.checking import exact, people, said
from kantoor.management.drafts import KeyResultChange, KeyResultDraft, ObjectiveSetting, Outcome
from kantoor.management.errors import UnknownObjective, UnknownResult
from kantoor.management.models import KeyResult, Objective, ObjectiveComment
from kantoor.management.queries.figures import seen_figure

MANAGE, COMMENT = "management.manage_objectives", "management.comment"


@action(permission=MANAGE, title=_("Set an objective"))
def set_objective(actor: Actor, /, *, objective: ObjectiveSetting) -> int:
    """Say what is to be reached, by when, and who answers for it; gives its number.

    Raises NotFound for who has no account here, InvalidInput.
    """
    owner = _owner(actor, objective.owner)
    _check_days(objective.starts_on, objective.ends_on)
    row = Objective.objects.create(
        company_id=actor.company_id,
        number=take_numbers(f"management.objective/{actor.company_id}", 1),
        title_nl=said(objective.title_nl, "title_nl"),
        title_en=said(objective.title_en, "title_en"),
        owner=owner,
        starts_on=objective.starts_on,
        ends_on=objective.ends_on,
        set_at=timezone.now(),
    )
    concerns(about(row))
    return row.number


@action(permission=MANAGE, title=_("Change an objective"))
def change_objective(
    actor: Actor, /, *, number: int, title_nl: str = "", title_en: str = "", owner: str = "",
    starts_on: date | None = None, ends_on: date | None = None,
) -> None:  # fmt: skip
    """Change an open objective; what is not said stays as it is.

    Raises UnknownObjective, Conflict when it is closed, NotFound, InvalidInput.
    """
    row = open_objective(actor, number)
    row.title_nl = said(title_nl or row.title_nl, "title_nl")
    row.title_en = said(title_en or row.title_en, "title_en")
    row.starts_on, row.ends_on = starts_on or row.starts_on, ends_on or row.ends_on
    _check_days(row.starts_on, row.ends_on)
    if owner:
        row.owner = _owner(actor, owner)
    row.save()
    concerns(about(row))


@action(permission=MANAGE, title=_("Add a key result"))
def add_key_result(actor: Actor, /, *, result: KeyResultDraft) -> int:
    """Say by which figure one sees that an objective is reached; gives the key of the result.

    Raises UnknownObjective, Conflict, NotFound or NotAllowed for the figure, InvalidInput.
    """
    row = open_objective(actor, result.objective)
    figure = seen_figure(actor, result.figure, "figure")
    start = exact(actor, figure, result.start, "start")
    target = exact(actor, figure, result.target, "target")
    due = result.due_on or row.ends_on
    _check_result(row, start == target, due)
    made = KeyResult.objects.create(
        company_id=actor.company_id, objective=row, figure=figure.name, over=result.over,
        start_numerator=start.numerator, start_denominator=start.denominator,
        target_numerator=target.numerator, target_denominator=target.denominator, due_on=due,
    )  # fmt: skip
    concerns(about(row))
    return made.pk


@action(permission=MANAGE, title=_("Change a key result"))
def change_key_result(actor: Actor, /, *, change: KeyResultChange) -> None:
    """Change where a key result starts or has to come, or by when; the rest stays as it is.

    Raises UnknownResult, Conflict, InvalidInput.
    """
    row = _result(actor, change.result)
    figure = figure_named(row.figure)
    for name in ("start", "target"):
        if (value := getattr(change, name)) is not None:
            found = exact(actor, figure, value, name)
            setattr(row, f"{name}_numerator", found.numerator)
            setattr(row, f"{name}_denominator", found.denominator)
    row.over, row.due_on = change.over or row.over, change.due_on or row.due_on
    same = (row.start_numerator, row.start_denominator) == (
        row.target_numerator, row.target_denominator,
    )  # fmt: skip
    _check_result(row.objective, same, row.due_on)
    row.save()
    concerns(about(row.objective))


@action(permission=MANAGE, title=_("Take off a key result"))
def end_key_result(actor: Actor, /, *, result: int) -> None:
    """Follow a key result no more; the record keeps it. Raises UnknownResult, Conflict."""
    row = _result(actor, result)
    row.ended_at = timezone.now()
    row.save()
    concerns(about(row.objective))


@action(permission=COMMENT, title=_("Comment on an objective"))
def comment_on_objective(actor: Actor, /, *, number: int, comment: str) -> None:
    """Say something of an objective, for all who may see it. Raises UnknownObjective."""
    row = scoped(actor, Objective).filter(number=number).first()
    if row is None:
        raise _unknown(number)
    ObjectiveComment.objects.create(
        company_id=actor.company_id, objective=row, author_id=actor.user_id,
        text=said(comment, "comment", 2000), said_at=timezone.now(),
    )  # fmt: skip
    concerns(about(row))


@action(permission=MANAGE, title=_("Close an objective"))
def close_objective(actor: Actor, /, *, number: int, outcome: Outcome, conclusion: str) -> None:
    """Say how an objective ended and what one learned; it changes no more.

    Raises UnknownObjective, Conflict when it is closed already, InvalidInput.
    """
    row = open_objective(actor, number)
    row.outcome, row.conclusion = outcome, said(conclusion, "conclusion", 4000)
    row.closed_at = timezone.now()
    row.save()
    concerns(about(row))


def open_objective(actor: Actor, number: int) -> Objective:
    """An objective that is not closed, locked until the action ends."""
    row = scoped(actor, Objective).select_for_update().filter(number=number).first()
    if row is None:
        raise _unknown(number)
    if row.closed_at is not None:
        raise Conflict(_("This objective is closed."), field="number")
    return row


def about(row: Objective) -> str:
    """What acts on an objective are about."""
    return f"management.objective/{row.pk}"


def _result(actor: Actor, key: int) -> KeyResult:
    rows = scoped(actor, KeyResult).select_for_update(of=("self",)).select_related("objective")
    row = rows.filter(pk=key, ended_at=None).first()
    if row is None:
        raise UnknownResult(_("There is no such key result."), field="result")
    if row.objective.closed_at is not None:
        raise Conflict(_("This objective is closed."), field="result")
    return row


def _owner(actor: Actor, sign_in: str) -> User:
    return people(actor, [sign_in], "owner")[0]


def _check_days(starts_on: date, ends_on: date) -> None:
    if not date(1990, 1, 1) <= starts_on <= ends_on <= date(2190, 12, 31):
        raise InvalidInput(_("The last day comes before the first."), field="ends_on")


def _check_result(row: Objective, same: bool, due: date) -> None:
    if same:
        message = _("Start and target are the same: there is no way to go.")
        raise InvalidInput(message, field="target")
    if due < row.starts_on:
        raise InvalidInput(_("This is before the objective begins."), field="due_on")


def _unknown(number: int) -> UnknownObjective:
    return UnknownObjective(_("There is no such objective."), field="number")
