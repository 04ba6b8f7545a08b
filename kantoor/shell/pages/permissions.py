"""Who may do what: every permission with the actions and lists it opens, against every role."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.registers import READ_USERS, permissions, roles
from kantoor.kernel.departments import department_named
from kantoor.kernel.pages.plain_view import PlainView
from kantoor.kernel.ui.address import Address


def _content(actor: Actor, address: Address) -> Mapping[str, Any]:
    """The matrix, one block for each department."""
    known = roles(actor)
    wanted = address.get("role")
    shown = [role for role in known if not wanted or role.code == wanted]
    blocks: dict[str, list[dict[str, Any]]] = {}
    for row in permissions(actor):
        department = row.permission.partition(".")[0]
        blocks.setdefault(_title(department), []).append(
            {
                "permission": row.permission,
                "does": row.actions,
                "shows": row.queries,
                "roles": [role.code in row.roles for role in shown],
            }
        )
    return {"roles": shown, "blocks": blocks}


def _title(department: str) -> str:
    declared = department_named(department)
    return str(declared.title) if declared else department.capitalize()


PERMISSIONS = PlainView(
    key="management.permissions",
    title=_("Who may do what"),
    permission=READ_USERS,
    template="shell/permissions.html",
    content=_content,
)
