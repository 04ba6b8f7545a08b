"""What is said of accounts of people in systems."""

import msgspec


class AccountDraft(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody, by their code, can sign in to `system` under `name`."""

    party: str
    system: str
    name: str
