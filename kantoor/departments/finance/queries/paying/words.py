"""Why something is not paid or collected, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WHY: dict[str, Any] = {
    "no_account": _("no bank account is known"),
    "unverified": _("its bank account waits for a second person"),
    "other_account": _("the invoice names another bank account"),
    "not_sepa": _("its bank account is outside SEPA"),
    "supplier_hold": _("the supplier is on hold"),
    "invoice_hold": _("the invoice is on hold"),
    "other_currency": _(
        "it is in another currency than the euro: pay it by hand, and book the bank line"
    ),
    "under_way": _("it stands in another payment run"),
    "credits_exceed": _("credit notes are as much or more"),
    "over_limit": _("it is more than may be spent"),
    "no_mandate": _("there is no mandate"),
    "mandate_lapsed": _("the mandate was not used for 36 months"),
    "mandate_used": _("the mandate was for one collection"),
    "too_small": _("nothing is left to collect"),
    "on_hold": _("it is held from collecting"),
}


def why_left_out(code: str, said: str = "") -> str:
    """The reason in words, with what a person wrote about it."""
    words = str(WHY[code])
    return f"{words} ({said})" if said else words
