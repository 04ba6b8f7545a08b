"""Payment terms: the parts in which invoices are paid."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.queries.payment_terms import (
    TermsPartRow,
    TermsRow,
    payment_terms,
)
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import DomainError
from kantoor.kernel.pages.columns import Col
from kantoor.kernel.pages.list_view import ListView
from kantoor.kernel.pages.plans import Given, Plan, plan
from kantoor.kernel.pages.words import name_field


def terms_by_code(actor: Actor) -> dict[str, str]:
    """Payment terms in words, for typing a code."""
    try:
        return {each.code: in_words(each) for each in payment_terms(actor)}
    except DomainError:
        return {}


def in_words(terms: TermsRow) -> str:
    """The parts one after the other: `30/100 after 0 days, 70/100 after 30 days`."""
    whole = sum(part.share for part in terms.parts)
    return ", ".join(_part(part, whole) for part in terms.parts)


def _part(part: TermsPartRow, whole: int) -> str:
    share = f"{part.share}%" if whole == 100 else f"{part.share}/{whole}"
    days = ngettext("%(n)s day", "%(n)s days", part.days) % {"n": part.days}
    months = ngettext("%(n)s month", "%(n)s months", part.months) % {"n": part.months}
    said = [months] if part.months else []
    said += [days] if part.days else []
    if not said:
        return gettext("%(share)s at once") % {"share": share}
    return gettext("%(share)s after %(while)s") % {"share": share, "while": " ".join(said)}


TERMS = ListView(
    key="finance.payment_terms",
    title=_("Payment terms"),
    query=payment_terms,
    columns=[
        Col(key="code", title=_("Code"), phone="title"),
        Col(key="parts", title=_("Parts"), value=in_words, phone="meta"),
    ],
    in_menu=False,
    new="finance.set_payment_terms",
    new_label=_("Set payment terms"),
)


def _known(actor: Actor, given: Given) -> Mapping[str, Any]:
    """What the terms that the address names are now."""
    wanted = str(given.get("code", ""))
    found = next((each for each in payment_terms(actor) if each.code == wanted), None)
    if found is None:
        return {}
    fields = ("share", "months", "days")
    return {"parts": [{name: getattr(each, name) for name in fields} for each in found.parts]}


plan("finance.set_payment_terms", Plan(prefill=_known, lines=2, kinds={"parts.share": "number"}))
plan("finance.remove_payment_terms", Plan(in_palette=False, suggestions={"code": terms_by_code}))
name_field("parts", _("Parts"))
name_field("parts.share", _("Share"), _("30 and 70, or 1, 1 and 1 for thirds."))
name_field("parts.months", _("Months after the date"))
name_field("parts.days", _("Days after the date"))
name_field("terms", _("Payment terms"), _("Where it is paid in parts."))
name_field(
    "prepayment",
    _("It is a prepayment"),
    _(
        "Of what is still to be delivered: the VAT is due now, the revenue comes with the final invoice."
    ),
)
name_field(
    "deduct",
    _("Deduct prepayments"),
    _("The numbers of prepayment invoices; all that is left of them is taken off."),
)
