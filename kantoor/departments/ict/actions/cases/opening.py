"""Open cases."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.actions.cases.checking import checked_draft, own_files
from kantoor.departments.ict.actions.cases.finding import (
    colleagues_by_sign_in,
    queues_by_code,
    requesters_by_code,
    services_by_code,
)
from kantoor.departments.ict.actions.cases.sharing import share_out_new
from kantoor.departments.ict.actions.cases.writing import Happening, by, write_happenings
from kantoor.departments.ict.actions.clocks.keeping import keep_clocks, level_versions_now
from kantoor.departments.ict.drafts import CaseDraft, CaseOpened
from kantoor.departments.ict.errors import KnownAlready
from kantoor.departments.ict.events import CaseOpened as OpenedEvent
from kantoor.departments.ict.models import Case
from kantoor.departments.ict.models.cases.case import priority_of
from kantoor.departments.ict.queries.cases.numbers import SERIES
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.numbering.numbers import take_numbers
from kantoor.kernel.queries import scoped
from kantoor.kernel.store.instants import canonical

HANDLE = "ict.handle_cases"
AHEAD = timedelta(minutes=5)
"""How far the clock of another machine may be ahead of ours."""


@action(permission=HANDLE, title=_("Open cases"), bulk_of="ict.open_case")
def open_cases(actor: Actor, /, *, cases: Sequence[CaseDraft]) -> list[CaseOpened]:
    """Open cases, all or none; one that is open already for the same cause is found instead.

    Raises UnknownPerson, UnknownService, UnknownQueue, KnownAlready or InvalidInput.
    """
    return opened(actor, cases)


@action(permission=HANDLE, title=_("Open a case"))
def open_case(actor: Actor, /, *, case: CaseDraft) -> CaseOpened:
    """Open one case."""
    return open_cases(actor, cases=[case])[0]


def opened(actor: Actor, drafts: Sequence[CaseDraft]) -> list[CaseOpened]:
    """Open cases within an action that has asked its own permission."""
    if not drafts:
        return []
    for place, each in enumerate(drafts, 1):
        checked_draft(each, place)
    own_files(actor, [file for each in drafts for file in each.files])
    _refuse_known(actor, drafts)
    by_cause = _open_by_cause(actor, {each.about for each in drafts if each.about})
    places = []
    for place, each in enumerate(drafts):
        if each.about not in by_cause:
            places.append(place)
            if each.about:
                by_cause[each.about] = None
    written = _write(actor, [drafts[place] for place in places])
    by_cause |= {case.about: case for case in written if case.about}
    made = dict(zip(places, written, strict=True))
    found = []
    for place, each in enumerate(drafts):
        case = made.get(place) or by_cause[each.about]
        assert case is not None
        found.append(CaseOpened(case.pk, str(case), place not in made))
    if len(written) == 1:
        concerns(f"ict.case/{written[0].pk}")
    return found


def _write(actor: Actor, drafts: Sequence[CaseDraft]) -> list[Case]:
    if not drafts:
        return []
    requesters = requesters_by_code(actor, [each.requester for each in drafts])
    services = services_by_code(actor, [each.service for each in drafts])
    queues = queues_by_code(actor, [each.queue for each in drafts])
    people = colleagues_by_sign_in(actor, [each.assignee for each in drafts])
    levels = level_versions_now(actor, [services.get(each.service) for each in drafts])
    number = take_numbers(f"{SERIES}/{actor.company_id}", len(drafts))
    now = timezone.now()
    cases = []
    for n, each in enumerate(drafts):
        at = each.opened_at or now
        if at > now + AHEAD:
            message = _("This moment has yet to come; leave it empty for now.")
            raise InvalidInput(message, field="opened_at", line=n + 1)
        party, subject = requesters.get(each.requester, (None, None))
        cases.append(
            Case(
                company_id=actor.company_id,
                number=number + n,
                kind=each.kind,
                title=each.title.strip(),
                text=each.text,
                requester_id=party,
                subject_id=subject,
                contact=each.contact.strip(),
                service_id=services.get(each.service),
                queue_id=queues.get(each.queue),
                assignee_id=people.get(each.assignee),
                impact=each.impact,
                urgency=each.urgency,
                priority=priority_of(each.impact, each.urgency),
                channel=each.channel,
                opened_at=at,
                changed_at=at,
                # Whoever files it over the telephone has it in hand.
                touched_at=None if each.by_machine else at,
                about=each.about,
                level_version_id=levels[services.get(each.service)],
                source=each.source,
                reference=each.reference,
                event=each.event,
            )
        )
    Case.objects.bulk_create(cases)
    _begin_timelines(actor, cases, drafts)
    keep_clocks([case.pk for case in cases if case.level_version_id is not None])
    share_out_new(actor, cases)
    return cases


def _begin_timelines(actor: Actor, cases: Sequence[Case], drafts: Sequence[CaseDraft]) -> None:
    happened = []
    for case, each in zip(cases, drafts, strict=True):
        at, who = canonical(case.opened_at), by(each.by_machine)
        common = {"by": who, "at": at, "user_id": actor.user_id}
        happened.append(
            Happening(case, "state", "", case.state, public=True, files=each.files, **common)  # type: ignore[arg-type]
        )
        happened.append(Happening(case, "priority", "", str(case.priority), **common))  # type: ignore[arg-type]
        for what, key in (("queue", case.queue_id), ("assignee", case.assignee_id)):
            if key is not None:
                happened.append(Happening(case, what, "", str(key), **common))  # type: ignore[arg-type]
        publish(
            OpenedEvent(
                actor.company_id, case.pk, str(case), case.kind, case.channel, case.about,
                case.priority,
            )
        )  # fmt: skip
    write_happenings(happened)


def _open_by_cause(actor: Actor, causes: set[str]) -> dict[str, Case | None]:
    rows = scoped(actor, Case).select_for_update().filter(about__in=causes)
    return {row.about: row for row in rows.filter(is_open=True).order_by("-pk")}


def _refuse_known(actor: Actor, drafts: Sequence[CaseDraft]) -> None:
    given = [(each.source, each.reference) for each in drafts]
    references = {reference for _source, reference in given if reference}
    rows = scoped(actor, Case).filter(reference__in=references)
    known = set(rows.values_list("source", "reference")) if references else set()
    for place, pair in enumerate(given, 1):
        if pair[1] and pair in known:
            message = _("{reference} was taken before.").format(reference=pair[1])
            raise KnownAlready(message, field="reference", line=place)
        known.add(pair)
