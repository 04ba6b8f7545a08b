"""The desk of management: people, roles, who may do what, companies, webhooks, and the record."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors import registers
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.actors.models import User
from kantoor.kernel.actors.registers import UserRow
from kantoor.kernel.outbox import registers as outbox
from kantoor.kernel.pages.acts import act_for, url_of_action
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.desk import Desk, Section, open_desk
from kantoor.kernel.pages.list_view import Empty, ListView
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.pages.search import search_in
from kantoor.kernel.pages.view import View
from kantoor.kernel.parties.employees import EmployeeRow, employees
from kantoor.kernel.ui.cells import Link, Status
from kantoor.kernel.ui.formats import amount
from kantoor.kernel.ui.listing import Act
from kantoor.kernel.ui.record_page import Fact, Related, Relation
from kantoor.shell import founding
from kantoor.shell.pages.permissions import PERMISSIONS
from kantoor.shell.pages.proofs import PROOFS
from kantoor.shell.pages.record import ACT, RECORD

__all__ = ["founding"]  # loaded for its action
KINDS = {"person": _("Person"), "machine": _("Machine")}


def roles_by_code(actor: Actor) -> dict[str, str]:
    """The roles by code, for choosing one."""
    return {role.code: role.name for role in registers.roles(actor)}


# --- people


def _to_change(row: EmployeeRow) -> str:
    """The form that changes an employee, with what is known filled in."""
    known = {name: getattr(row, name) for name in ("code", "name", "email", "phone", "sign_in")}
    return url_of_action("kernel.change_employee", {"change": known})


EMPLOYEES = ListView(
    key="management.employees",
    title=_("Employees"),
    query=employees,
    columns=[
        Col(key="name", title=_("Name"), kind="party", sort=True, phone="title"),
        Col(key="code", title=_("Number"), sort=True, phone="meta"),
        Col(key="email", title=_("Email address")),
        Col(key="phone", title=_("Telephone")),
        Col(key="sign_in", title=_("Signs in as")),
    ],
    sort="name",
    row_url=_to_change,
    new="kernel.add_employee",
    search_hint=_("Name, number, email address or telephone number"),
    empty=Empty(
        _("No employees yet"),
        _("Add them, so that they can ask for help and be handed devices."),
        icon="users",
    ),
)
search_in(EMPLOYEES, icon="user", hint="code")
PEOPLE = ListView(
    key="management.people",
    title=_("People"),
    query=registers.users,
    columns=[
        Col(key="name", title=_("Name"), kind="party", sort=True, phone="title"),
        Col(key="sign_in", title=_("Signs in as"), sort=True),
        Col(key="roles", title=_("Roles"), value=lambda row: ", ".join(row.roles)),
        Col(
            key="active",
            title=_("State"),
            kind="status",
            states={True: (_("Active"), "good"), False: (_("Closed"), "quiet")},
        ),
        Col(key="kind", title=_("Kind"), value=lambda row: KINDS.get(row.kind, row.kind)),
        Col(
            key="administrator",
            title=_("Administrator"),
            value=lambda row: _("yes") if row.administrator else "",
            default=False,
        ),
        Col(key="email", title=_("Email address"), default=False),
        Col(key="created_at", title=_("Since"), kind="datetime", sort=True),
    ],
    narrows=[Narrow(key="active", title=_("Active"), kind="boolean")],
    sort="name",
    row_url=lambda row: f"/management/people/{row.sign_in}",
    muted=lambda row: not row.active,
    new="kernel.add_user",
    search_hint=_("Name"),
    empty=Empty(_("Nobody yet"), _("Who may work here is invited by you."), icon="users"),
)
search_in(PEOPLE, icon="user", hint="sign_in")


def _person(actor: Actor, row: UserRow) -> Thing:
    """A user with their roles, and what can be done with the account."""
    user, back = _named(row)
    names = roles_by_code(actor)
    state = Status("active", gettext("Active"), "good")
    if not row.active:
        state = Status("closed", gettext("Closed"), "quiet")
    return Thing(
        title=row.name,
        row=User.objects.values_list("pk", flat=True).get(sign_in=row.sign_in),
        state=state,
        facts=[
            Fact(gettext("Signs in as"), row.sign_in),
            Fact(gettext("Email address"), row.email),
            Fact(gettext("Kind"), str(KINDS.get(row.kind, row.kind))),
            Fact(gettext("Administrator"), gettext("yes") if row.administrator else gettext("no")),
            Fact(gettext("Since"), row.created_at),
        ],
        relations=[_roles_of(actor, row, names)],
        main_action=act_for(
            actor, "kernel.change_user", user, label=_("Change"), key="e", icon="edit", back=back
        ),
        steps=_account_steps(actor, row),
        more=_roles_to_take(actor, row, names),
    )


def _named(row: UserRow) -> tuple[dict[str, str], str]:
    """The user as actions name it, and the page one comes back to."""
    return {"user": row.sign_in}, f"/management/people/{row.sign_in}"


def _roles_of(actor: Actor, row: UserRow, names: Mapping[str, str]) -> Relation:
    user, back = _named(row)
    roles = [
        Related(Link(names.get(code, code), f"/management/roles?q={code}"), code)
        for code in row.roles
    ]
    give = act_for(actor, "kernel.grant_role", user, label=_("Give a role"), back=back, icon="plus")
    return Relation(gettext("Roles"), roles, give)


def _account_steps(actor: Actor, row: UserRow) -> list[Act | None]:
    """A new password for a person; closing the account, or opening it again."""
    user, back = _named(row)
    password = act_for(
        actor, "kernel.reset_password", user, label=_("New password"), at_once=True, icon="key"
    )
    if row.active:
        action, label, icon = "kernel.deactivate_user", _("Close the account"), "lock"
    else:
        action, label, icon = "kernel.reactivate_user", _("Open the account again"), ""
    account = act_for(actor, action, user, label=label, at_once=True, back=back, icon=icon)
    return [password if row.kind == "person" else None, account]


def _roles_to_take(actor: Actor, row: UserRow, names: Mapping[str, str]) -> list[Act | None]:
    user, back = _named(row)
    return [
        act_for(
            actor,
            "kernel.end_grant",
            user,
            label=gettext("Take away the role %(role)s") % {"role": names.get(code, code)},
            at_once=True,
            back=back,
            role=code,
        )
        for code in row.roles
    ]


PERSON = RecordView(
    key="management.people",
    title=_("User"),
    kind="kernel.user",
    path="<path:sign_in>",
    find=registers.user,
    show=_person,
)


@page_of("kernel.user", title=_("User"))
def user_pages(_actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of users, by their identifier."""
    found = User.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
    return {
        str(pk): Link(name, f"/management/people/{sign_in}")
        for pk, name, sign_in in found.values_list("pk", "name", "sign_in")
    }


# --- roles and grants


def _limits(row: Any) -> str:
    words = [
        each.permission
        if each.limit_minor is None
        else gettext("%(permission)s up to %(amount)s")
        % {"permission": each.permission, "amount": amount(each.limit_minor)}
        for each in row.permissions
    ]
    return ", ".join(words)


ROLES = ListView(
    key="management.roles",
    title=_("Roles"),
    query=registers.roles,
    columns=[
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="code", title=_("Code")),
        Col(key="people", title=_("People"), kind="number"),
        Col(key="permissions", title=_("May do"), value=_limits),
    ],
    row_url=lambda row: f"/kernel/do/set-role-permissions?role={row.code}&next=/management/roles",
    new="kernel.add_role",
    empty=Empty(_("No roles"), _("A role says what somebody may do."), icon="shield"),
)
GRANTS = ListView(
    key="management.grants",
    title=_("Roles given"),
    query=registers.grants,
    columns=[
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="role", title=_("Role")),
        Col(key="granted_at", title=_("Given"), kind="datetime"),
        Col(key="ended_at", title=_("Taken away"), kind="datetime"),
    ],
    row_url=lambda row: f"/management/people/{row.user}",
    muted=lambda row: row.ended_at is not None,
    new="kernel.grant_role",
    empty=Empty(_("No roles were given"), icon="user-shield"),
)
DUTIES = ListView(
    key="management.duties",
    title=_("Duties kept apart"),
    query=registers.excluding_duties,
    columns=[
        Col(key="first", title=_("Who may do this"), phone="title"),
        Col(key="second", title=_("may not do this")),
    ],
    new="kernel.exclude_duties",
    row_url=lambda row: f"/kernel/do/allow-duties?first={row.first}&second={row.second}",
    empty=Empty(
        _("No duties exclude each other"),
        _("Who enters a supplier should not pay them: such pairs are kept apart here."),
        icon="scale",
    ),
)
COMPANIES = ListView(
    key="management.companies",
    title=_("Companies"),
    query=registers.companies,
    permission=MANAGE_INSTALLATION,
    columns=[
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="country", title=_("Country")),
        Col(key="currency", title=_("Currency")),
    ],
    new="shell.found_company",
    empty=Empty(_("No companies"), icon="building"),
)

# --- webhooks

WEBHOOKS = ListView(
    key="management.webhooks",
    title=_("Webhooks"),
    query=outbox.endpoints,
    columns=[
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="url", title=_("Address")),
        Col(key="event_types", title=_("Told of"), value=lambda row: ", ".join(row.event_types)),
        Col(
            key="active",
            title=_("State"),
            kind="status",
            states={True: (_("Active"), "good"), False: (_("Closed"), "quiet")},
        ),
        Col(key="created_at", title=_("Since"), kind="datetime"),
    ],
    row_url=lambda row: f"/management/deliveries?endpoint={row.name}",
    new="kernel.add_endpoint",
    empty=Empty(
        _("No webhooks"),
        _("A webhook tells another program what happens here, as it happens."),
        icon="webhook",
    ),
)
DELIVERIES = ListView(
    key="management.deliveries",
    title=_("Deliveries of webhooks"),
    query=outbox.deliveries,
    columns=[
        Col(key="event_type", title=_("Event"), phone="title"),
        Col(key="endpoint", title=_("Webhook")),
        Col(
            key="state",
            title=_("State"),
            kind="status",
            states={
                "waiting": (_("Waits"), "wait"),
                "delivered": (_("Delivered"), "good"),
                "dead": (_("Given up"), "bad"),
            },
        ),
        Col(key="attempts", title=_("Attempts"), kind="number"),
        Col(key="answer", title=_("Answer")),
        Col(key="created_at", title=_("Made"), kind="datetime"),
        Col(key="delivered_at", title=_("Delivered"), kind="datetime", default=False),
    ],
    narrows=[
        Narrow(key="endpoint", title=_("Webhook"), kind="text"),
        Narrow(
            key="state",
            title=_("State"),
            choices={"waiting": _("Waits"), "delivered": _("Delivered"), "dead": _("Given up")},
        ),
    ],
    in_menu=False,
    empty=Empty(_("Nothing was delivered yet"), icon="send"),
)

INSTALLATION = [
    PEOPLE,
    PERSON,
    EMPLOYEES,
    ROLES,
    GRANTS,
    DUTIES,
    PERMISSIONS,
    RECORD,
    PROOFS,
    ACT,
    COMPANIES,
    WEBHOOKS,
    DELIVERIES,
]
"""What keeps the installation itself."""


def _steering() -> tuple[View, ...]:
    """The views of those who steer, where that room is there."""
    if "management" not in settings.DEPARTMENTS:
        return ()
    from kantoor.management.web import VIEWS

    return VIEWS


def _opened() -> Desk:
    """Steering first; keeping the installation is folded where there is both."""
    steering = _steering()
    folded = Section(_("Installation"), [view for view in INSTALLATION if view.in_menu])
    return open_desk(
        Desk(
            name="management",
            title=_("Management"),
            icon="settings",
            letter="m",
            order=90,
            also=("kernel", "shell", "installation"),
            views=[*steering, *INSTALLATION],
            sections=[folded] if steering else [],
        )
    )


DESK = _opened()
