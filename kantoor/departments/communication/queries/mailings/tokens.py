"""What the addresses in a mailing name: the link that was followed, the mail that was opened.

They are made like those of mail threads (kernel/mail/tokens): numbers and a signature. Who did
not agree to be measured gets links that name the mailing alone.
"""

from django.conf import settings

from kantoor.kernel.mail.tokens import Thread, thread_of, token

BOUNCE = "m"
"""The letter of a recipient in the address where their bounces go."""
OWN_LINK, ANY_LINK, OPENED = "l", "n", "o"
LINK_DOOR, OPEN_DOOR = "mail-link", "mail-open"


def own_link(company_id: int, recipient_id: int, number: int) -> str:
    """A link of a mailing that tells who follows it."""
    said = token(company_id, Thread(OWN_LINK, recipient_id, number))
    return f"{settings.ADDRESS}/{LINK_DOOR}/{company_id}.{said}"


def any_link(company_id: int, mailing_id: int, number: int) -> str:
    """A link of a mailing that tells nobody who follows it."""
    said = token(company_id, Thread(ANY_LINK, mailing_id, number))
    return f"{settings.ADDRESS}/{LINK_DOOR}/{company_id}.{said}"


def picture_of_opening(company_id: int, recipient_id: int) -> str:
    """The picture that is fetched when who agreed to that opens the mail."""
    said = token(company_id, Thread(OPENED, recipient_id, 0))
    return f"{settings.ADDRESS}/{OPEN_DOOR}/{company_id}.{said}"


def read_token(text: str) -> tuple[int, Thread] | None:
    """The company and the thing that a token of these names; None for one that we did not make."""
    company, _dot, said = text.partition(".")
    if not (company.isascii() and company.isdigit() and len(company) < 12):
        return None
    thread = thread_of(f"x+{said}@x", int(company))
    return None if thread is None else (int(company), thread)
