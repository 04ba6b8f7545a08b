"""What the forms of reading need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kantoor.departments.communication.web.reading import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.plans import Plan, plan
from kantoor.kernel.pages.words import name_field

plan("communication.confirm_reading", Plan(in_palette=False, kinds={"item": "hidden"}))
plan("communication.note_reading", Plan(in_palette=False, kinds={"item": "hidden"}))
plan("communication.note_readings", Plan(in_palette=False))
plan("communication.ask_readers", Plan(in_palette=False))
plan("communication.remind_readers", Plan(in_palette=False))
plan(
    "communication.ask_again",
    Plan(
        in_palette=False,
        kinds={"item": "hidden", "why": "lines_of_text"},
        submit=_("Ask everybody again"),
    ),
)
plan("communication.remind_now", Plan(in_palette=False, kinds={"item": "hidden"}))



name_field("communication.note_reading:person", _("Number"))
name_field("communication.note_reading:note", _("How one knows"), _("Such as a list they signed."))
name_field("communication.note_readings:people", _("Numbers"))
name_field("communication.ask_again:why", _("What changed"), _("Who read it before is told this."))
