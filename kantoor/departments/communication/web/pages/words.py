"""Words and addresses of what is published."""

from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Any] = {
    "news": _("News"),
    "policy": _("Policy"),
    "press": _("Press release"),
    "newsletter": _("Newsletter"),
    "campaign": _("Campaign"),
    "crisis": _("Crisis notice"),
    "event": pgettext_lazy("to come to", "Event"),
}


def news_url(code: str) -> str:
    """The page of something on the intranet."""
    return f"/communication/news/{quote(code, safe='')}"


def press_url(company: int, code: str = "") -> str:
    """The press page of a company, or the page of something on it."""
    return f"/communication/press/{company}" + (f"/{quote(code, safe='')}" if code else "")
