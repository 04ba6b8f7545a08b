"""What stands around every page, given to templates; empty until the pages are there."""

from django.http import HttpRequest


def frame(_request: HttpRequest) -> dict[str, object]:
    """The context that every template gets."""
    return {}
