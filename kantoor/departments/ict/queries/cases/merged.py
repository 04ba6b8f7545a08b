"""As which case a merged one goes on: what is said to the one is said to the other."""

from collections.abc import Iterable

from kantoor.departments.ict.models import Case, CaseLink
from kantoor.departments.ict.models.cases.links import MERGED

MOST_STEPS = 20
"""How often what was merged may have been merged again; a statement each."""


def goes_on_as(cases: Iterable[Case]) -> dict[int, Case]:
    """The case that each merged one goes on as, by its key; those that stand alone are not in it."""
    at = {case.pk: case.pk for case in cases}
    found: dict[int, Case] = {}
    for _step in range(MOST_STEPS):
        links = CaseLink.objects.filter(case__in=set(at.values()), kind=MERGED, ended_at=None)
        into = {link.case_id: link.target for link in links.select_related("target__requester")}
        at = {key: into[now].pk for key, now in at.items() if now in into}
        if not at:
            break
        by_key = {case.pk: case for case in into.values()}
        found |= {key: by_key[now] for key, now in at.items()}
    return found
