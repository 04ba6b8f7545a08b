"""What ICT declares to the shell: its place in the menu, and what roles can be allowed."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.standard import permit
from kantoor.kernel.departments import Department, Permission, declare

PERMISSIONS = (
    Permission("ict.ask_help", _("Ask ICT for help, and see one's own requests")),
    Permission("ict.read_cases", _("See all incidents, requests, problems and changes")),
    Permission("ict.handle_cases", _("Take, assign, answer and solve cases")),
    Permission("ict.manage_desk", _("Set queues, services, targets, calendars and mailboxes")),
    Permission("ict.see_costs", _("See what work on cases costs")),
    Permission("ict.book_costs", _("Book what cases cost to the departments that asked")),
    Permission("ict.read_devices", _("See devices, software, licences and who has them")),
    Permission("ict.handle_devices", _("Hand out, take back, repair and count devices")),
    Permission("ict.manage_devices", _("Set models, locations, licences and identities")),
    Permission("ict.read_accounts", _("See accounts of people, and what else of ICT they hold")),
    Permission("ict.handle_accounts", _("Note that accounts of people were opened and closed")),
    Permission("ict.report_inventory", _("Report inventories, as an agent does")),
    Permission("ict.read_servers", _("See servers, services and whether they work")),
    Permission("ict.manage_servers", _("Set servers, checks and maintenance windows")),
    Permission("ict.report_alerts", _("Report alerts, as a watching program does")),
    Permission("ict.read_backups", _("See backups and what was proved of them")),
    Permission("ict.manage_backups", _("Set what is backed up, and drill restores")),
    Permission("ict.report_backups", _("Report runs of backups, as a backup program does")),
)

DEPARTMENT = declare(
    Department(
        name="ict",
        title=_("ICT"),
        icon="device-desktop",
        letter="i",
        order=40,
        uses=("finance",),
        permissions=PERMISSIONS,
    )
)

permit(
    "help_desk",
    "ict.read_*",
    "ict.handle_*",
    "ict.ask_help",
    "kernel.read_parties",
)
permit(
    "ict_manager",
    "ict.*",
    "kernel.manage_employees",
    "kernel.read_parties",
    "kernel.read_intake",
    "kernel.take_in",
    "kernel.manage_calendars",
)
permit("controller", "ict.see_costs", "ict.book_costs")
permit("employee", "ict.ask_help")
permit("communication_officer", "ict.read_servers", "ict.read_devices")
