"""What the forms of the library need beyond the signatures of their actions."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.web.media.words import CONSENTS
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.words import name_field

CHANGE = "communication.change_picture"

plan(
    CHANGE,
    Plan(
        kinds={"code": "hidden"},
        leave_out=("picture.code",),
        choices={"picture.consent": CONSENTS},
        in_palette=False,
    ),
)
plan("communication.take_away_picture", Plan(kinds={"code": "hidden"}, in_palette=False))
plan("communication.put_back_picture", Plan(in_palette=False))
name_field(f"{CHANGE}:title", _("What it is"), _("A few words."))
name_field("alt_nl", _("What can be seen, in Dutch"), _("For who can't see it."))
name_field("alt_en", _("What can be seen, in English"))
name_field(f"{CHANGE}:owner", _("Who has the rights"), _("Stands with the picture."))
name_field("licence", _("What was agreed"))
name_field(f"{CHANGE}:source", _("Where it came from"))
name_field(
    f"{CHANGE}:expires_on",
    _("Until"),
    _("The last day on which it may be published anew; empty is always."),
)
name_field(f"{CHANGE}:consent", _("People on it"))
name_field("people", _("Who is shown"))
name_field("proof", _("Where they agreed"))
for _verb in ("take_away_picture", "take_away_pictures"):
    name_field(f"communication.{_verb}:why", _("Why"), _("It is shown nowhere any more."))
