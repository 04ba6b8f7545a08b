"""Runs: made by one person, approved and booked by another, or dropped before that."""

from collections.abc import Sequence
from datetime import date

import msgspec
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import EntryDraft, LineDraft, post_entry
from kantoor.departments.hr.actions.payroll.bank_accounts import keep_accounts
from kantoor.departments.hr.actions.payroll.leavers import write_off_leave
from kantoor.departments.hr.actions.payroll.locking import one_at_a_time
from kantoor.departments.hr.drafts_pay import RunMade
from kantoor.departments.hr.errors_pay import PayState
from kantoor.departments.hr.events import PayRunApproved
from kantoor.departments.hr.models import PayError, PayRun, Payslip
from kantoor.departments.hr.models.payroll.runs import APPROVED, DROPPED, MADE
from kantoor.departments.hr.queries.payroll.booking import journal_of, shows_somebody, unbooked
from kantoor.departments.hr.queries.payroll.making import Made, Outcome, outcome_of
from kantoor.departments.hr.queries.payroll.numbers import find_run
from kantoor.departments.hr.queries.payroll.past import counting
from kantoor.departments.hr.queries.payroll.weekdays import first_of, last_of
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actions.unit import concerns, publish
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import NotAllowed
from kantoor.kernel.queries import scoped

RUN, APPROVE = "hr.run_payroll", "hr.approve_payroll"


@action(permission=RUN, title=_("Make a payroll run"))
def make_pay_run(actor: Actor, /, *, month: date) -> RunMade:
    """Make the payslips of a month for who has none yet; any day of it says which.

    An open run of the same month is dropped and made anew. All is written or nothing; who can't
    be paid gets no payslip but a reason, and the others do. Raises PayState where another month
    is open, a later one was approved, or everybody has a payslip.
    """
    month = first_of(month)
    runs = scoped(actor, PayRun).select_for_update()
    for each in runs.filter(state=MADE):
        if each.month != month:
            raise PayState(_("The run {run} is open; approve or drop it first.").format(run=each))
        each.state = DROPPED
        each.save()
    if runs.filter(state=APPROVED, month__gt=month).exists():
        raise PayState(
            _("A later month was paid already; what changes in this one is corrected in the next."),
            field="month",
        )
    outcome = outcome_of(actor.company_id, month)
    paid = set(counting(actor.company_id).filter(month=month).values_list("party_id", flat=True))
    outcome.made = [each for each in outcome.made if each.slip.party not in paid]
    outcome.failed = [each for each in outcome.failed if each.party not in paid]
    if not outcome.made and not outcome.failed:
        raise PayState(_("There is nobody to pay in this month that has no payslip yet."))
    last = scoped(actor, PayRun).filter(month=month).aggregate(Max("n"))["n__max"] or 0
    run = PayRun.objects.create(
        company_id=actor.company_id, month=month, n=last + 1, made_by_id=actor.user_id,
        made_at=timezone.now(),
    )  # fmt: skip
    concerns(f"hr.pay_run/{run.pk}")
    _write(run, outcome)
    return RunMade(run=str(run), payslips=len(outcome.made), errors=len(outcome.failed))


def _write(run: PayRun, outcome: Outcome) -> None:
    Payslip.objects.bulk_create(_row(run, each) for each in outcome.made)
    PayError.objects.bulk_create(
        PayError(
            company_id=run.company_id, run=run, party_id=each.party, code=each.code,
            message=each.message,
        )
        for each in outcome.failed
    )  # fmt: skip


def _row(run: PayRun, made: Made) -> Payslip:
    slip = made.slip
    return Payslip(
        company_id=run.company_id, run=run, party_id=slip.party, month=run.month,
        gross=slip.gross, taxable=slip.taxable, tax=slip.tax, labour_credit=slip.labour_credit,
        net=slip.net, employer=slip.employer, lines=_json(slip.lines), before=_json(made.before),
        so_far=_json(slip.so_far), facts=made.facts, corrected=_json(made.corrected),
        centres=_json(slip.centres), left=_json(made.left),
    )  # fmt: skip


_encoder = msgspec.json.Encoder()


def _json(value: object) -> str:
    return _encoder.encode(value).decode()


@action(permission=RUN, title=_("Drop a payroll run"))
def drop_pay_run(actor: Actor, /, *, run: str) -> None:
    """Throw away a run that was not approved; again changes nothing. Raises UnknownPay, PayState."""
    found = find_run(actor, run, lock=True)
    concerns(f"hr.pay_run/{found.pk}")
    if found.state == APPROVED:
        raise PayState(_("This run was approved; make another to correct it."))
    if found.state == MADE:
        found.state = DROPPED
        found.save()


@action(permission=APPROVE, title=_("Approve a payroll run"))
def approve_pay_run(actor: Actor, /, *, run: str) -> str:
    """Approve a run that somebody else made, and book it; gives the number of the entry.

    Everybody is paid on the bank account that stands in their file now.

    One that is about fewer people than the smallest group is booked with the next (decision
    0162), and has no number until then. Again gives the same number. Raises UnknownPay, PayState, NotAllowed for who made it, and what
    finance refuses.
    """
    one_at_a_time(actor)
    found = find_run(actor, run, lock=True)
    concerns(f"hr.pay_run/{found.pk}")
    if found.state == APPROVED:
        return found.entry
    if found.state != MADE:
        raise PayState(_("This run was dropped; make another."))
    if found.made_by_id is not None and found.made_by_id == actor.user_id:
        raise NotAllowed(_("You made this run; somebody else approves it."))
    found.entry = _booked(actor, found)
    found.state, found.approved_by_id, found.approved_at = APPROVED, actor.user_id, timezone.now()
    found.save()
    keep_accounts(found)
    write_off_leave(found)
    publish(PayRunApproved(actor.company_id, str(found), found.month))
    return found.entry


def _booked(actor: Actor, run: PayRun) -> str:
    """Book a run with those that wait, unless together they would show what somebody earns."""
    waiting = [each for each in unbooked(run.company_id) if each.month <= run.month]
    runs = [*waiting, run]
    if shows_somebody(runs):
        return ""
    entry = _posted(actor, runs)
    _note_entry(waiting, entry)
    return entry


def _note_entry(runs: Sequence[PayRun], entry: str) -> None:
    for each in runs:
        each.entry = entry
    PayRun.objects.bulk_update(runs, ["entry"])


@action(permission=APPROVE, title=_("Book payroll runs that wait"))
def book_pay_runs(actor: Actor, /) -> str:
    """Book the approved runs that wait for others because they are about few people.

    For the end of a year, when no more come: who reads the ledger then sees what these few cost
    together. Gives the number of the entry, and nothing where none waits. Raises what finance
    refuses.
    """
    one_at_a_time(actor)
    runs = unbooked(actor.company_id)
    if not runs:
        return ""
    entry = _posted(actor, runs)
    _note_entry(runs, entry)
    return entry


def _posted(actor: Actor, runs: Sequence[PayRun]) -> str:
    rules, amounts = journal_of(runs)
    if not amounts:
        return ""
    lines = [
        LineDraft(
            account=account, amount=amount,
            dimensions={rules.dimension: centre} if rules.dimension and centre else {},
        )
        for (account, centre), amount in sorted(amounts.items())
    ]  # fmt: skip
    last = runs[-1]
    text = _("Payroll {month}").format(month=f"{last.month:%Y-%m}")
    entry = EntryDraft(date=last_of(last.month), text=str(text), reference=str(last), lines=lines)
    return post_entry(actor, entry=entry, next_open=True).first
