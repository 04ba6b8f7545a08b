"""How a case stands, and what hangs under it, for who waits for it."""

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.errors import UnknownCase
from kantoor.departments.ict.models import Case, CaseLink
from kantoor.departments.ict.models.cases.links import PROBLEM
from kantoor.departments.ict.queries.cases.numbers import read_number
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.queries import query, scoped


class CaseStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How a case stands; `problem` is the one that causes it, `assignee` a sign-in name.

    `caused` are the cases of which it is the problem, and `caused_open` how many are open yet.
    """

    number: str
    kind: str
    title: str
    state: str
    is_open: bool
    priority: int
    service: str
    assignee: str
    problem: str
    caused: list[str]
    caused_open: int


@query(permission="ict.read_cases", title=_("How a case stands"), exposed=True)
def case_standing(actor: Actor, /, *, number: str) -> CaseStanding:
    """How the case with this number stands, in three statements. Raises UnknownCase."""
    rows = scoped(actor, Case).select_related("service", "assignee")
    row = rows.filter(number=read_number(number) or 0).first()
    if row is None:
        message = _("There is no case “{number}”.").format(number=number[:40])
        raise UnknownCase(message, field="number")
    links = CaseLink.objects.filter(kind=PROBLEM, ended_at=None)
    cause = links.filter(case=row).select_related("target").first()
    caused = [each.case for each in links.filter(target=row).select_related("case").order_by("pk")]
    return CaseStanding(
        number=str(row),
        kind=row.kind,
        title=row.title,
        state=row.state,
        is_open=row.is_open,
        priority=row.priority,
        service=row.service.code if row.service else "",
        assignee=row.assignee.sign_in if row.assignee else "",
        problem=str(cause.target) if cause else "",
        caused=[str(each) for each in caused],
        caused_open=sum(each.is_open for each in caused),
    )
