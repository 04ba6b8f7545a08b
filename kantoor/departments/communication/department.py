"""What communication declares to the shell: its place in the menu, and what roles can be allowed."""

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.actors.standard import ROLES, permit
from kantoor.kernel.departments import Department, Permission, declare

SEE_NEWS = "communication.see_news"
FEED = "communication.feed"
READ_ITEMS = "communication.read_items"
SEE_EMBARGOED = "communication.see_embargoed"
WRITE_ITEMS = "communication.write_items"
APPROVE_ITEMS = "communication.approve_items"
PUBLISH_ITEMS = "communication.publish_items"
READ_AUDIENCES = "communication.read_audiences"
MANAGE_AUDIENCES = "communication.manage_audiences"
SEND_MAILINGS = "communication.send_mailings"
READ_CONTACTS = "communication.read_contacts"
MANAGE_CONTACTS = "communication.manage_contacts"
HANDLE_QUESTIONS = "communication.handle_questions"
MANAGE_MEDIA = "communication.manage_media"
MANAGE_CHANNELS = "communication.manage_channels"

PERMISSIONS = (
    Permission(SEE_NEWS, _("See what the company tells one, and say that one read it")),
    Permission(FEED, _("Read the intranet by its address (for its token)")),
    Permission(READ_ITEMS, _("See all items, also before they are published")),
    Permission(SEE_EMBARGOED, _("See press releases of others before their time")),
    Permission(WRITE_ITEMS, _("Write items, their pictures and remarks")),
    Permission(APPROVE_ITEMS, _("Approve what others wrote")),
    Permission(PUBLISH_ITEMS, _("Publish, correct and withdraw items")),
    Permission(READ_AUDIENCES, _("See audiences, their size, and who wants no mail")),
    Permission(MANAGE_AUDIENCES, _("Set audiences and mailing lists")),
    Permission(SEND_MAILINGS, _("Send mailings, pause them and go on")),
    Permission(READ_CONTACTS, _("See contacts of press and public affairs")),
    Permission(MANAGE_CONTACTS, _("Set contacts, and note what was said")),
    Permission(HANDLE_QUESTIONS, _("Take and answer questions and mentions")),
    Permission(MANAGE_MEDIA, _("Add pictures with their rights, and take them away")),
    Permission(MANAGE_CHANNELS, _("Set templates, screens, mailboxes and other ways out")),
)

DEPARTMENT = declare(
    Department(
        name="communication",
        title=_("Communication"),
        icon="speakerphone",
        letter="c",
        order=50,
        permissions=PERMISSIONS,
    )
)

for role in ROLES:
    if role.code not in ("administrator", "auditor"):
        permit(role.code, SEE_NEWS)
permit("communication_officer", "communication.*", "kernel.read_parties")
permit(
    "director", READ_ITEMS, SEE_EMBARGOED, WRITE_ITEMS, APPROVE_ITEMS, PUBLISH_ITEMS, READ_AUDIENCES
)
permit("hr_officer", READ_ITEMS, WRITE_ITEMS, APPROVE_ITEMS)
permit("ict_manager", READ_ITEMS, WRITE_ITEMS, APPROVE_ITEMS)
