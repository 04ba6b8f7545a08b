"""Answers of the API: JSON, never kept by anybody on the way."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils.encoding import force_str
from django.utils.functional import Promise

JSON = "application/json"


class JsonResponse(HttpResponse):
    """JSON that is encoded already."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body, content_type=JSON)
        self["Cache-Control"] = "no-store"


def encoded(result: Any) -> bytes:
    """What an action or query gave, as JSON."""
    return msgspec.json.encode(result, enc_hook=_in_words)


def _in_words(value: Any) -> str:
    """Texts in the reader's language; anything else that msgspec does not know is our mistake."""
    if isinstance(value, Promise):
        return force_str(value)
    raise TypeError(f"the API can't carry {type(value).__name__}: give a Struct")
