"""Answer cases with a canned text, each in the language of its requester."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.finding import cases_by_number
from kantoor.departments.ict.actions.cases.noting import noted
from kantoor.departments.ict.actions.cases.opening import HANDLE
from kantoor.departments.ict.drafts import NoteDraft
from kantoor.departments.ict.queries.canned.texts import answers_by_case
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor


@action(permission=HANDLE, title=_("Answer cases with a canned text"), bulk_of="ict.answer_case")
def answer_cases(actor: Actor, /, *, numbers: Sequence[str], answer: str) -> None:
    """Give these cases a canned answer that their requesters may read, filled in for each.

    Raises UnknownCase, UnknownText.
    """
    cases = cases_by_number(actor, numbers)
    prefetch_related_objects(cases, "requester", "service")
    texts = answers_by_case(actor, answer, cases)
    noted(
        actor,
        [
            NoteDraft(case=str(case), text=text, public=True)
            for case, text in zip(cases, texts, strict=True)
        ],
    )


@action(permission=HANDLE, title=_("Answer with a canned text"))
def answer_case(actor: Actor, /, *, number: str, answer: str) -> None:
    """Give one case a canned answer."""
    answer_cases(actor, numbers=[number], answer=answer)
