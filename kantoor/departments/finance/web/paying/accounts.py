"""Bank accounts of relations, and mandates, as registers with one page each."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.paying.registers import (
    MandateRow,
    PartyAccountRow,
    mandate,
    mandates,
    party_account,
    party_accounts,
)
from kantoor.departments.finance.web.paying.runs import grouped
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.acts import act_for
from kantoor.kernel.pages.bulk import Bulk
from kantoor.kernel.pages.columns import Col, States
from kantoor.kernel.pages.list_view import Empty, ListView, Tab
from kantoor.kernel.pages.narrowing import Narrow
from kantoor.kernel.pages.parties import party_url
from kantoor.kernel.pages.record_view import RecordView, Thing
from kantoor.kernel.pages.references import page_of
from kantoor.kernel.ui.cells import Cell, Link, Party, Status
from kantoor.kernel.ui.record_page import Fact

ACCOUNTS_STATES: States = {
    "proposed": (_("To be verified"), "wait"),
    "verified": (_("Verified"), "good"),
    "retired": (_("No longer used"), "quiet"),
}
MANDATE_STATES: States = {
    "active": (_("In use"), "good"),
    "lapsed": (_("Lapsed"), "wait"),
    "ended": (_("Ended"), "quiet"),
}
MANDATE_KINDS = {"recurring": _("Recurring"), "one_off": _("For one collection")}


def account_url(key: int) -> str:
    """The page of a bank account of a relation."""
    return f"/finance/party-accounts/{key}"


PARTY_ACCOUNTS = ListView(
    key="finance.party_accounts",
    title=_("Bank accounts of relations"),
    query=party_accounts,
    columns=[
        Col(
            key="party",
            title=_("Relation"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(key="iban", title=_("IBAN"), value=lambda row: grouped(row.iban), phone="meta"),
        Col(key="bic", title=_("BIC"), default=False),
        Col(key="state", title=_("State"), kind="status", states=ACCOUNTS_STATES),
        Col(key="proposed_by", title=_("Proposed by"), phone="hidden"),
        Col(key="proposed_on", title=_("Proposed on"), kind="date", phone="hidden"),
        Col(key="verified_by", title=_("Verified by"), phone="hidden"),
        Col(key="why", title=_("How it is known"), default=False),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={key: word for key, (word, _tone) in ACCOUNTS_STATES.items()},
        ),
        Narrow(key="party", title=_("Relation"), kind="text", hint=_("The code of the relation.")),
    ],
    tabs=[
        Tab(_("All")),
        Tab(_("To be verified"), {"state": "proposed"}),
        Tab(_("Verified"), {"state": "verified"}),
    ],
    row_key="iban",
    row_url=lambda row: account_url(row.id),
    bulk=[Bulk(action="finance.verify_party_accounts", parameter="ibans", icon="check")],
    new="finance.propose_party_account",
    search_hint=_("IBAN or name"),
    empty=Empty(
        _("No bank accounts yet"),
        _("Enter where a supplier is paid; a second person verifies it before it is used."),
        icon="building-bank",
    ),
)


def _show_account(actor: Actor, row: PartyAccountRow) -> Thing:
    word, tone = ACCOUNTS_STATES[row.state]
    facts: list[tuple[str, Cell]] = [
        (gettext("Relation"), Party(row.party_name, party_url(row.party), row.party)),
        (gettext("IBAN"), grouped(row.iban)),
        (gettext("BIC"), row.bic),
        (gettext("Name on the account"), row.holder),
        (gettext("How it is known"), row.why),
        (gettext("Proposed by"), row.proposed_by),
        (gettext("Proposed on"), row.proposed_on),
        (gettext("Verified by"), row.verified_by),
    ]
    verify = act_for(
        actor,
        "finance.verify_party_account",
        label=_("Verify"),
        key="v",
        icon="check",
        hint=_("You checked the number with them, by a way they did not name themselves."),
        iban=row.iban,
        party=row.party,
        back=account_url(row.id),
    )
    retire = act_for(
        actor,
        "finance.retire_party_account",
        label=_("Refuse") if row.state == "proposed" else _("Retire"),
        icon="x",
        party=row.party,
        iban=row.iban,
        back=account_url(row.id),
    )
    waiting = row.state == "proposed"
    mine = gettext("You proposed it: someone else has to verify it. Until then nothing is paid.")
    return Thing(
        title=grouped(row.iban) or gettext("Erased account"),
        row=row.id,
        state=Status(row.state, str(word), tone),
        facts=[Fact(label, value) for label, value in facts if value],
        steps=[verify if waiting and not row.mine else None],
        more=[retire if row.state != "retired" else None],
        blocked=mine if waiting and row.mine else "",
        breadcrumb=[Link(gettext("Bank accounts of relations"), PARTY_ACCOUNTS.url)],
    )


PARTY_ACCOUNT = RecordView(
    key="finance.party_accounts",
    title=_("Bank account of a relation"),
    kind="finance.party_account",
    path="<int:key>",
    find=party_account,
    show=_show_account,
)


@page_of("finance.party_account", title=_("Bank account of a relation"))
def account_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of bank accounts by their keys."""
    if not actor.may("finance.read_payments"):
        return {}
    found = party_accounts(actor, keys=[int(key) for key in keys if key.isdecimal()]).rows
    return {str(row.id): Link(grouped(row.iban) or row.party, account_url(row.id)) for row in found}


def mandate_url(reference: str) -> str:
    """The page of a mandate."""
    return MANDATE.address(reference)


MANDATES = ListView(
    key="finance.mandates",
    title=_("Mandates"),
    query=mandates,
    columns=[
        Col(key="reference", title=_("Reference"), sort=True, phone="meta"),
        Col(
            key="party",
            title=_("Customer"),
            kind="party",
            value="party_name",
            url=lambda row: party_url(row.party),
            phone="title",
        ),
        Col(key="iban", title=_("IBAN"), value=lambda row: grouped(row.iban), phone="meta"),
        Col(key="scheme", title=_("Scheme")),
        Col(key="kind", title=_("Kind"), value=lambda row: MANDATE_KINDS[row.kind], default=False),
        Col(key="signed_on", title=_("Signed"), kind="date", sort=True),
        Col(key="last_used_on", title=_("Last used"), kind="date"),
        Col(key="state", title=_("State"), kind="status", states=MANDATE_STATES),
    ],
    narrows=[
        Narrow(
            key="state",
            title=_("State"),
            choices={key: word for key, (word, _tone) in MANDATE_STATES.items()},
        ),
        Narrow(key="party", title=_("Customer"), kind="text", hint=_("The code of the customer.")),
    ],
    sort="-signed_on",
    row_url=lambda row: mandate_url(row.reference),
    new="finance.add_mandate",
    more=lambda actor: [act_for(actor, "finance.set_creditor_identifier", icon="id")],
    search_hint=_("Reference or customer"),
    empty=Empty(
        _("No mandates yet"),
        _("A customer who signs one lets you collect what they owe."),
        icon="signature",
    ),
)


def _show_mandate(actor: Actor, row: MandateRow) -> Thing:
    word, tone = MANDATE_STATES[row.state]
    facts: list[tuple[str, Cell]] = [
        (gettext("Customer"), Party(row.party_name, party_url(row.party), row.party)),
        (gettext("IBAN"), grouped(row.iban)),
        (gettext("Scheme"), row.scheme),
        (gettext("Kind"), str(MANDATE_KINDS[row.kind])),
        (gettext("Signed"), row.signed_on),
        (gettext("Last used"), row.last_used_on),
        (gettext("Why it ended"), row.why),
    ]
    end = act_for(
        actor,
        "finance.end_mandate",
        label=_("End it"),
        icon="x",
        reference=row.reference,
        back=mandate_url(row.reference),
    )
    lapsed = gettext("It was not used for 36 months: ask the customer for a new one.")
    return Thing(
        title=row.reference,
        row=row.id,
        state=Status(row.state, str(word), tone),
        note=lapsed if row.state == "lapsed" else "",
        facts=[Fact(label, value) for label, value in facts if value],
        steps=[],
        more=[end if row.state != "ended" else None],
        breadcrumb=[Link(gettext("Mandates"), MANDATES.url)],
    )


MANDATE = RecordView(
    key="finance.mandates",
    title=_("Mandate"),
    kind="finance.mandate",
    path="<str:reference>",
    find=mandate,
    show=_show_mandate,
)


@page_of("finance.mandate", title=_("Mandate"))
def mandate_pages(actor: Actor, keys: Sequence[str]) -> Mapping[str, Link]:
    """The pages of mandates by their keys."""
    if not actor.may("finance.read_payments"):
        return {}
    found = mandates(actor, keys=[int(key) for key in keys if key.isdecimal()]).rows
    return {str(row.id): Link(row.reference, mandate_url(row.reference)) for row in found}
