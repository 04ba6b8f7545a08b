"""What procedures declare to the shell: their place in the menu, and what roles can be allowed."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.standard import ROLES, permit
from kantoor.kernel.departments import Department, Permission, declare

TAKE_PART = "procedures.take_part"
START = "procedures.start"
READ = "procedures.read_procedures"
HELP = "procedures.help_along"
MANAGE = "procedures.manage"

PERMISSIONS = (
    Permission(TAKE_PART, _("See and do one's own tasks")),
    Permission(START, _("Start procedures")),
    Permission(READ, _("See all procedures and how they go")),
    Permission(HELP, _("Hand on others' tasks, try again what failed, call procedures off")),
    Permission(MANAGE, _("Draw, publish and move procedures")),
)

DEPARTMENT = declare(
    Department(
        name="procedures",
        title=_("Procedures"),
        icon="sitemap",
        letter="r",
        order=60,
        permissions=PERMISSIONS,
    )
)

for role in ROLES:
    if role.code not in ("administrator", "auditor"):
        # What a procedure is for is said by its own `startRole`; an employee starts some too.
        permit(role.code, TAKE_PART, START)
for code in ("controller", "hr_officer", "ict_manager"):
    permit(code, READ, HELP)
permit("administrator", "procedures.*")
