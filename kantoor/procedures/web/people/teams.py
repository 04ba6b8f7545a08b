"""Teams: people who share work, whatever their roles."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.pages.acts import url_of_action
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.procedures.queries.people import TeamRow, teams


def members_url(row: TeamRow) -> str:
    """The form that says who is in a team."""
    return url_of_action("procedures.set_team_members", {"team": row.code, "next": "/procedures/teams"})  # fmt: skip


TEAMS = ListView(
    key="procedures.teams",
    title=_("Teams"),
    query=teams,
    columns=[
        Col(key="name", title=_("Name"), sort=True, phone="title"),
        Col(key="code", title=_("Code"), sort=True, phone="meta"),
        Col(key="members", title=_("Members"), value=lambda row: ", ".join(row.members)),
    ],
    sort="name",
    kind="procedures.team",
    row_url=members_url,
    new="procedures.add_team",
    new_label=_("Add a team"),
    search_hint=_("Name or code"),
    empty=Empty(
        _("No teams yet"),
        _("A task may be for a team: people who share work, whatever their roles."),
        icon="users-group",
    ),
)
