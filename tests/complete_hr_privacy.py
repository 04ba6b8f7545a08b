"""Rows in every table of HR's privacy, for `complete.py`."""

from datetime import date

from kantoor.departments.hr.actions.privacy.breaches import record_breach
from kantoor.departments.hr.actions.privacy.letting_go import (
    propose_letting_go,
    release_proposals,
)
from kantoor.departments.hr.actions.privacy.rules import (
    RuleDraft,
    end_legal_holds,
    set_legal_hold,
    set_retention_rule,
)
from kantoor.departments.hr.drafts_privacy import BreachDraft
from kantoor.departments.hr.models import RetentionProposal
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.looks.noting import keep_looks
from kantoor.kernel.parties.models import Party


def hr_privacy(anne: Actor) -> None:
    """Everything of HR's privacy that leaves rows."""
    party = Party.objects.filter(company_id=anne.company_id).earliest("pk").pk
    keep_looks(anne, kind="pay", query="hr.salaries", parties=[party, None])
    for table, field in (("hr_expense_line", "date"), ("hr_certificate", "obtained_on")):
        rule = RuleDraft(table=table, field=field, months=84, ground="AWR art. 52")
        set_retention_rule(anne, rule=rule)
    propose_letting_go(anne, on=date(2035, 1, 1))
    first = RetentionProposal.objects.filter(company_id=anne.company_id).earliest("pk").pk
    release_proposals(anne, proposals=[first])
    for title in ("Lost stick", "Letter to the wrong house"):
        record_breach(anne, breach=BreachDraft(title=title, nature="It was seen by others."))
    for why in ("Case 1", "Case 2"):
        hold = set_legal_hold(anne, why=why, party="M2")
    end_legal_holds(anne, holds=[hold])
