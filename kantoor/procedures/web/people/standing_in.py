"""Who stands in for whom: a list, in which one says who does one's own tasks for a while."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.procedures.queries.people import StandInRow, stand_ins
from kantoor.procedures.web import words


def end_url(row: StandInRow) -> str:
    """The form that ends it, while there is something to end."""
    if row.state == "over":
        return ""
    given = {"stand_in": row.id, "next": "/procedures/standing-in"}
    return url_of_action("procedures.end_stand_in", given)


STAND_INS = ListView(
    key="procedures.standing_in",
    title=_("Standing in"),
    query=stand_ins,
    columns=[
        Col(key="user", title=_("For"), phone="title"),
        Col(key="deputy", title=_("Stands in"), phone="meta"),
        Col(key="first", title=_("First day"), kind="datetime", sort=True),
        Col(key="last", title=_("Last day"), kind="datetime", sort=True, phone="figure"),
        Col(key="state", title=_("State"), kind="status", states=words.STAND_IN_STATES),
    ],
    narrows=[Narrow(key="over", title=_("With what is over"), kind="boolean")],
    sort="-first",
    kind="procedures.stand_in",
    row_url=end_url,
    muted=lambda row: row.state == "over",
    new="procedures.let_stand_in",
    new_label=_("Let somebody stand in"),
    empty=Empty(
        _("Nobody stands in for anybody"),
        _("When you are away, let a colleague do your tasks. What you may not do, they may not do"
          " in your place."),
        icon="arrows-exchange",
    ),
)  # fmt: skip
