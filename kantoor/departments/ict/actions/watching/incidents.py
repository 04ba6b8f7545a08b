"""The one way in which machines raise incidents: for checks, alerts, backups and mailboxes alike.

What is found wrong is a trouble. It opens an incident, or joins the open one of the same thing.
When it is over, and no other trouble of that incident is left, the incident solves itself, unless
a person has touched it: then it is told, and stays with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from kantoor.departments.ict.actions.cases.moving import resolved
from kantoor.departments.ict.actions.cases.noting import noted
from kantoor.departments.ict.actions.cases.opening import opened
from kantoor.departments.ict.drafts import CaseDraft, NoteDraft
from kantoor.departments.ict.models import Case, Trouble
from kantoor.departments.ict.models.cases.case import DONE
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import scoped

SOME = 400
"""Sources that one statement asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that a machine found wrong.

    `source` is the key of who found it, `about` of what is in trouble; those of the same thing
    share an incident. `impact` and `urgency` are 1 (high) to 3, `service` is a code or empty.
    """

    source: str
    about: str
    title: str
    text: str = ""
    service: str = ""
    impact: int = 2
    urgency: int = 2
    at: datetime | None = None


def begin_troubles(actor: Actor, found: Sequence[Found]) -> dict[str, int]:
    """Open or join incidents for what was found wrong; gives the case of each by its source.

    What is known to be wrong already changes nothing. The number of statements does not grow.
    """
    by_source = {each.source: each for each in found}
    going_on = {each.source: each for each in _going_on(actor, list(by_source))}
    fresh = [each for source, each in by_source.items() if source not in going_on]
    cases = {source: trouble.case_id for source, trouble in going_on.items()}
    if not fresh:
        return cases
    made = opened(actor, [_draft(each) for each in fresh])
    now = timezone.now()
    Trouble.objects.bulk_create(
        Trouble(
            company_id=actor.company_id,
            source=each.source,
            about=each.about,
            title=each.title[:200],
            case_id=case.id,
            began_at=min(each.at or now, now),
        )
        for each, case in zip(fresh, made, strict=True)
    )
    joined = [(each, case) for each, case in zip(fresh, made, strict=True) if case.known]
    noted(
        actor,
        [NoteDraft(case=case.number, text=_joined(each), by_machine=True) for each, case in joined],
    )
    return cases | {each.source: case.id for each, case in zip(fresh, made, strict=True)}


def end_troubles(actor: Actor, sources: Sequence[str], *, at: datetime | None = None) -> int:
    """End what is over; incidents without any trouble left solve themselves if nobody touched them.

    What is not known to be wrong changes nothing. Gives how many troubles ended.
    """
    ended = _going_on(actor, list(dict.fromkeys(sources)))
    if not ended:
        return 0
    now = timezone.now()
    for trouble in ended:
        trouble.ended_at = max(min(at or now, now), trouble.began_at)
    Trouble.objects.bulk_update(ended, ["ended_at"])
    of_case: dict[int, list[Trouble]] = {}
    for trouble in ended:
        of_case.setdefault(trouble.case_id, []).append(trouble)
    left = scoped(actor, Trouble).filter(case__in=of_case, ended_at=None)
    going_on = set(left.values_list("case_id", flat=True))
    cases = scoped(actor, Case).filter(pk__in=of_case).exclude(state__in=DONE)
    _tell(actor, list(cases.order_by("pk")), of_case, going_on)
    return len(ended)


def _tell(
    actor: Actor,
    cases: Sequence[Case],
    ended: Mapping[int, Sequence[Trouble]],
    going_on: set[int],
) -> None:
    over = [case for case in cases if case.pk not in going_on and case.touched_at is None]
    if over:
        text = gettext("It is over by itself; nobody had to do anything.")
        resolved(actor, [str(case) for case in over], text=text, by_machine=True)
    told = [case for case in cases if case not in over]
    noted(
        actor,
        [
            NoteDraft(
                case=str(case), text=_over(ended[case.pk], case.pk in going_on), by_machine=True
            )
            for case in told
        ],
    )


def _going_on(actor: Actor, sources: Sequence[str]) -> list[Trouble]:
    found: list[Trouble] = []
    for start in range(0, len(sources), SOME):
        rows = scoped(actor, Trouble).select_for_update().order_by("pk")
        found.extend(rows.filter(ended_at=None, source__in=sources[start : start + SOME]))
    return found


def _draft(found: Found) -> CaseDraft:
    return CaseDraft(
        title=found.title[:200],
        text=found.text,
        service=found.service,
        impact=found.impact,
        urgency=found.urgency,
        channel="alert",
        about=found.about,
        by_machine=True,
    )


def _joined(found: Found) -> str:
    return gettext("Also: {title}").format(title=found.title) + (
        f"\n\n{found.text}" if found.text else ""
    )


def _over(ended: Sequence[Trouble], more: bool) -> str:
    titles = "; ".join(each.title for each in ended[:20])
    words = gettext("Over: {titles}.").format(titles=titles)
    if more:
        return f"{words} " + gettext("Something else of this incident goes on.")
    return f"{words} " + gettext("Nothing is known to be wrong any more; solve it when you agree.")
