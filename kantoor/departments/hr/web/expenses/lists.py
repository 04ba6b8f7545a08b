"""Claims and categories as registers."""

from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from kantoor.departments.hr.queries.expenses.categories import all_expense_categories
from kantoor.departments.hr.queries.expenses.claims import (
    claims_to_decide,
    expense_claims,
    my_claims,
)
from kantoor.departments.hr.web.expenses import words
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for, url_of_action
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.ui.listing import Act

ENTER = "/hr/my-claims/expense"
_NUMBER = Col(key="number", title=_("Number"), sort=True, phone="meta")
_PERSON = Col(key="person", title=_("Employee"), phone="title")
_STATE = Col(key="state", title=_("State"), kind="status", states=words.STATES)
_AMOUNT = Col(key="amount", title=_("Amount"), kind="money", sort=True, sum=True, phone="figure")
_HANDED_IN = Col(key="submitted_at", title=_("Handed in"), kind="datetime")
_STATES = Narrow(
    key="state",
    title=_("State"),
    choices={code: word for code, (word, _tone) in words.STATES.items()},
)


def enter(_actor: Actor) -> Act:
    """The way to the page where an expense is entered."""
    return Act(force_str(_("Claim an expense")), ENTER, key="n", icon="plus")


MY_CLAIMS = ListView(
    key="hr.my_claims",
    title=_("My claims"),
    query=my_claims,
    columns=[
        _NUMBER,
        Col(key="title", title=_("What for"), phone="title"),
        _STATE,
        _HANDED_IN,
        _AMOUNT,
    ],
    narrows=[_STATES],
    sort="-number",
    row_url=lambda row: words.claim_url(row.number),
    row_key="number",
    main=enter,
    bulk=[Bulk(action="hr.submit_claims", parameter="claims", label=_("Hand in"))],
    empty=Empty(
        _("No claims yet"),
        _("Did you pay something for the company? Take a picture of the receipt and claim it."),
        icon="receipt",
        act=enter,
    ),
)

TO_DECIDE = ListView(
    key="hr.claims_to_decide",
    title=_("Claims to decide on"),
    query=claims_to_decide,
    columns=[
        _NUMBER,
        _PERSON,
        Col(key="title", title=_("What for")),
        _HANDED_IN,
        _AMOUNT,
    ],
    sort="number",
    row_url=lambda row: words.claim_url(row.number),
    row_key="number",
    bulk=[
        Bulk(action="hr.approve_claims", parameter="claims", label=_("Approve")),
        Bulk(action="hr.refuse_claims", parameter="claims", label=_("Send back")),
    ],
    empty=Empty(_("Nothing waits for you"), _("Claims of your people come here."), icon="check"),
)

CLAIMS = ListView(
    key="hr.claims",
    title=_("Expense claims"),
    query=expense_claims,
    columns=[
        _NUMBER,
        _PERSON,
        Col(key="title", title=_("What for")),
        _STATE,
        _HANDED_IN,
        _AMOUNT,
    ],
    narrows=[_STATES],
    tabs=[
        Tab(_("To post"), {"state": "approved"}),
        Tab(_("To check"), {"state": "to_check"}),
        Tab(_("To decide on"), {"state": "submitted"}),
        Tab(_("All")),
    ],
    sort="-number",
    row_url=lambda row: words.claim_url(row.number),
    row_key="number",
    bulk=[
        Bulk(action="hr.approve_claims", parameter="claims", label=_("Approve")),
        Bulk(action="hr.check_claims", parameter="claims", label=_("Checked")),
        Bulk(action="hr.post_claims", parameter="claims", label=_("Post")),
        Bulk(action="hr.refuse_claims", parameter="claims", label=_("Send back")),
    ],
    more=lambda actor: [act_for(actor, "hr.set_expense_check", icon="settings")],
    search_hint=_("Number, name or what for"),
    empty=Empty(_("No claims"), _("What people claim comes here."), icon="receipt"),
)

CATEGORIES = ListView(
    key="hr.expense_categories",
    title=_("Expense categories"),
    query=all_expense_categories,
    columns=[
        Col(key="code", title=_("Code"), phone="meta"),
        Col(key="name", title=_("Name"), phone="title"),
        Col(key="kind", title=_("Kind"), value=lambda r: words.KINDS[r.kind]),
        Col(key="account", title=_("Account")),
        Col(key="tax", title=_("VAT")),
        Col(key="rate", title=_("Rate"), kind="number"),
        Col(key="most_minor", title=_("Limit"), kind="money", phone="figure"),
        Col(key="over", title=_("Above it"), value=lambda r: words.OVER[r.over]),
        Col(key="receipt_from_minor", title=_("Receipt from"), kind="money"),
    ],
    narrows=[Narrow(key="active", title=_("In use"), kind="boolean")],
    tabs=[Tab(_("In use"), {"active": "1"}), Tab(_("All"))],
    muted=lambda row: not row.active,
    row_url=lambda row: url_of_action("hr.change_expense_category", {"change.code": row.code}),
    new="hr.add_expense_category",
    empty=Empty(
        _("No categories yet"),
        _("Say what people can claim, and on which account it is booked."),
        icon="category",
    ),
)
