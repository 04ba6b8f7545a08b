"""All models are walked: what one's own data leaves out is said here, with the reason.

A new column that refers to somebody is followed by itself where it is the person's own; where it is
not, this test asks why. So nothing is forgotten in silence.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from kantoor.departments.hr.queries.privacy.person_data import HIDDEN, WHOSE, _references
from kantoor.kernel.actors.models import User
from kantoor.kernel.parties.models import Party

ANOTHERS = "the row is about somebody else, in whose data it stands"
DID = "what one did for the company; the record names who did what, and it is no data about them"
OTHER_PARTS = {
    "hr_contract_version.manager": ANOTHERS,
    "hr_deputy.deputy": "said of the manager who is away, in whose data it stands",
    "hr_deputy.manager": "kept for who is away; it says when, and nothing of why",
    "hr_hour_billing.customer": ANOTHERS,
    "hr_hour_line.customer": ANOTHERS,
    "hr_hour_rate.customer": "a price that was agreed, found with what was invoiced",
    "hr_review.manager": ANOTHERS,
    "hr_unit_version.head": "who leads what stands in the organisation that all see",
}
"""Columns of HR to a person that are not followed."""
ACCOUNTS = {
    "approver": DID, "assignee": DID, "by": DID, "approved_by": DID, "checked_by": DID, "decided_by": DID,
    "lead": DID, "made_by": DID, "owner": DID, "proposed_by": DID, "recorded_by": DID,
    "released_by": DID, "requested_by": DID, "set_by": DID, "verified_by": DID, "user_id": DID,
    "actor_id": DID, "opened_by": DID, "closed_by": DID, "author": DID, "requester": DID,
    "ended_by": DID, "done_by": DID, "started_by": DID, "deputy": DID, "deputy_for": DID,
    "account": "the account of a machine",
}  # fmt: skip
"""Columns to an account, by their name: the account itself is given, with its person."""
OF_USERS = {
    "finance_approval_rule": "a rule of the company that names who approves",
    "finance_purchase_approval": DID,
    "ict_case_work": DID,
    "ict_queue_member": "whom the company has in a queue, shown to all who work there",
    "kernel_grant": "which roles one has is the company's, and shown on one's page",
    "kernel_token": "what proves who one is is given to nobody",
    "kernel_job": "work of the machine that somebody started",
    "kernel_look": "what one looked at is data of who was looked at",
    "kernel_party_user": "says that the account is this person's, which is given",
    "kernel_saved_view": "how one likes a list; nothing about a person",
    "management_alert_recipient": "whom the company has told of a threshold",
    "management_report_sent": "that a report of the company went to somebody",
    "management_schedule_recipient": "whom the company sends a report",
    "procedures_comment": DID,
    "procedures_mention": "that a colleague named one in what they wrote of the work",
    "procedures_request_remark": DID,
    "procedures_run_item": DID,
    "procedures_stand_in": "who does whose tasks and when, shown on one's page",
    "procedures_step": DID,
    "procedures_team_member": "whom the company has in a team, shown to all who work there",
}
"""Tables whose column `user` is an account."""


def columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column that refers to an account, by a relation or by its key alone."""
    for model in apps.get_models():
        related = _references(model, User)
        plain = [
            field.name
            for field in model._meta.concrete_fields
            if not field.is_relation and field.name in ("user_id", "actor_id")
        ]
        yield from ((model, name) for name in [*related, *plain])


def test_every_reference_to_a_person_is_followed_or_has_a_reason() -> None:
    left_out = {
        f"{model._meta.db_table}.{name}"
        for model in apps.get_models()
        for name in _references(model, Party)
        if model._meta.app_label == "hr" and name not in WHOSE
    }
    assert left_out == OTHER_PARTS.keys(), "follow it (WHOSE), or say why it is left out"


def test_every_reference_to_an_account_has_a_reason() -> None:
    unsaid, tables, names = set(), set(), set()
    for model, name in columns():
        table = model._meta.db_table
        if name == "user":
            tables.add(table)
        elif name in ACCOUNTS:
            names.add(name)
        else:
            unsaid.add(f"{table}.{name}")
    assert unsaid == set(), "give it with the person's data, or say why it is left out"
    assert tables == OF_USERS.keys(), "give it, or say why it is left out"
    assert names == ACCOUNTS.keys()


def test_what_is_left_out_of_the_rows_given_is_bytes_and_secrets() -> None:
    given = [
        model
        for model in apps.get_models()
        if getattr(model, "subject_field", "") or _references(model, Party)
    ]
    gone = {
        f"{model._meta.db_table}.{field.name}"
        for model in given
        for field in model._meta.concrete_fields
        if field.name in HIDDEN or isinstance(field, models.BinaryField)
    }
    assert gone == {"kernel_user.password", "kernel_user.session_salt"}
