"""What is said of a breach of personal data."""

from datetime import datetime
from typing import Literal

import msgspec

BreachKind = Literal["confidentiality", "integrity", "availability", "several"]
BreachRisk = Literal["unlikely", "risk", "high"]


class BreachDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A breach as it is discovered; it names nobody.

    `discovered_at` is when somebody here became aware of it (now unless said), `began_at` when it
    began as far as known; `nature` what happened.
    """

    title: str
    nature: str
    kind: BreachKind = "confidentiality"
    discovered_at: datetime | None = None
    began_at: datetime | None = None


class BreachFindings(msgspec.Struct, frozen=True, kw_only=True):
    """What was found out about a breach (art. 33(3)); numbers are approximate, None while unknown.

    `risk` is how likely harm to people is and how grave; `risk_why` why so.
    """

    breach: str
    people_categories: str
    data_categories: str
    consequences: str
    measures: str
    risk: BreachRisk
    risk_why: str
    people_about: int | None = None
    records_about: int | None = None
