"""What is handed in of vacancies, applications and certificates."""

from datetime import date
from typing import Literal

import msgspec

Stage = Literal["new", "invited", "offered", "refused", "withdrawn"]


class VacancyDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A vacancy; `code` stands in its address, made from the title where it is empty."""

    title: str
    text: str = ""
    code: str = ""
    place: str = ""
    hours: str = ""
    closes_on: date | None = None


class ApplicationDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Who applies. `consent` lets us keep it for a year instead of four weeks after the end."""

    vacancy: str
    name: str
    email: str
    phone: str = ""
    letter: str = ""
    consent: bool = False


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A curriculum vitae, as it came."""

    name: str
    content: bytes


class CertificateDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate of an employee."""

    employee: str
    name: str
    obtained_on: date
    expires_on: date | None = None
    issuer: str = ""
