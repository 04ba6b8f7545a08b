"""What management declares to the shell: what roles can be allowed, and which role steers."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.standard import permit
from kantoor.kernel.departments import Department, Permission, declare

PERMISSIONS = (
    Permission("management.read_dashboards", _("See the dashboards of one's role, and figures")),
    Permission("management.read_objectives", _("See objectives and how far they are")),
    Permission("management.comment", _("Comment on objectives")),
    Permission("management.manage_objectives", _("Set, change and close objectives")),
    Permission("management.manage_dashboards", _("Make and share dashboards, read figures again")),
    Permission("management.manage_alerts", _("Set alerts on figures, and who is told")),
    Permission("management.manage_reports", _("Set which reports go out by email, and to whom")),
)

DEPARTMENT = declare(
    Department(
        name="management",
        title=_("Management"),
        icon="settings",
        letter="m",
        order=90,
        permissions=PERMISSIONS,
    )
)

permit("director", "*.read_*", "management.*", "kernel.ask")
permit("controller", "management.*")
permit("administrator", "management.*")
permit("bookkeeper", "management.read_*", "management.comment")
permit("hr_officer", "management.read_*", "management.comment")
permit("ict_manager", "management.read_*", "management.comment", "management.manage_alerts")
