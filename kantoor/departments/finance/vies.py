"""Asks the European Commission's register (VIES) whether a VAT number is in use.

Off unless KANTOOR_VIES holds the address of its REST service
(https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number): nothing leaves the house by itself.
"""

import http.client
import os
from typing import NamedTuple

import msgspec

from kantoor.kernel.errors import DomainError
from kantoor.kernel.outbox.sending import send

OK = 200


class Answer(NamedTuple):
    """Whether the number is in use; `consultation` proves the question where it was proven."""

    valid: bool
    consultation: str


class Unanswered(Exception):
    """The register is down, or says what can't be understood; ask later."""


class _Said(msgspec.Struct, rename="camel"):
    valid: bool
    request_identifier: str | None = None


def address() -> str:
    """Where the register is asked; empty while it is off."""
    return os.environ.get("KANTOOR_VIES", "").strip()


def ask(number: str, own: str) -> Answer:
    """Ask about a number (`BE0428759497`), as the holder of `own`, or of none; raises Unanswered."""
    asked = {"countryCode": number[:2], "vatNumber": number[2:]}
    if own:
        asked |= {"requesterMemberStateCode": own[:2], "requesterNumber": own[2:]}
    try:
        answer = send(address(), {"Accept": "application/json"}, msgspec.json.encode(asked))
        if answer.status != OK:
            raise Unanswered(f"HTTP {answer.status}")
        said = msgspec.json.decode(answer.words.encode(), type=_Said)
    except (OSError, http.client.HTTPException, msgspec.MsgspecError, DomainError) as problem:
        raise Unanswered(str(problem)) from None
    return Answer(said.valid, (said.request_identifier or "")[:30])
