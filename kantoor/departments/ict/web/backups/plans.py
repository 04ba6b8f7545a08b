"""What the forms of backups need beyond the signatures of their actions."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.ict.queries.backups.cover import backup_plan
from kantoor.departments.ict.web.backups import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field, name_values
from kantoor.kernel.ui.form_page import Consequence


def _plan_now(actor: Actor, given: Given) -> Given:
    """The particulars of the plan that the address names."""
    try:
        shown = backup_plan(actor, code=str(given.get("change.code") or ""))
    except DomainError:
        return {}
    row = shown.cover
    hours = {"every": shown.every_s, "grace": shown.grace_s, "rpo": row.rpo_s, "rto": row.rto_s}
    return {
        "change.name": row.name,
        "change.repository": shown.repository,
        "change.paths": shown.paths,
        "change.calendar": shown.calendar,
        **{f"change.{name}_hours": seconds // 3600 for name, seconds in hours.items()},
        "change.keep_days": shown.keep_days,
        "change.drill_days": shown.drill_days,
        "change.check_days": shown.check_days,
        "change.runs_here": shown.runs_here,
        "change.active": row.active,
    }


def _to_plan(_actor: Actor, code: Any) -> str:
    return words.plan_url(code) if isinstance(code, str) else ""


plan("ict.plan_backup", Plan(goes_to=_to_plan, submit=_("Plan")))
plan("ict.change_backup_plan", Plan(prefill=_plan_now, submit=_("Keep"), in_palette=False))
plan(
    "ict.report_backup_run",
    Plan(
        kinds={"report.report": "lines_of_text", "report.manifest": "lines_of_text"},
        submit=_("Report"),
    ),
)
for _verb in (
    "drill_restore", "start_backup", "read_repository", "show_pruning"
):  # fmt: skip
    plan(f"ict.{_verb}", Plan(in_palette=False))

plan(
    "ict.prune_backups",
    Plan(
        consequence=lambda _actor, _given: Consequence(
            gettext("Copies that go never come back. Look first at what was shown to go.")
        ),
        in_palette=False,
        submit=_("Throw them away"),
    ),
)

name_field("plan", _("Backup"), _("The code of the backup plan."))
name_field("tool", _("Program"))
name_field("repository", _("Repository"), _("Where the copies are, as the program names it."))
name_field("paths", _("Paths"), _("Whole paths, such as /srv/files."))
name_field(
    "ict.plan_backup:calendar",
    _("Calendar"),
    _("Then hours are of its working time; empty is by the clock."),
)
name_field("every_hours", _("Expected every so many hours"))
name_field("grace_hours", _("Hours that it may be late"))
name_field("rpo_hours", _("Hours of work that may be lost"))
name_field("rto_hours", _("Hours within which it must be back"))
name_field("keep_days", _("Days that copies are kept"))
name_field("drill_days", _("Days between restore drills"), _("0 is only when somebody asks."))
name_field("check_days", _("Days between readings of it all"), _("0 is only when somebody asks."))
name_field("runs_here", _("Kantoor makes this backup itself"))
name_field("report", _("What the program said"), _("Its JSON, as it is."))
name_field("manifest", _("Manifest"), _("What sha256sum wrote of the files before the run."))
name_values("tool", words.TOOLS)
