"""What an action on many answers when it may leave some alone: how many it did, and which not."""

import msgspec


class Outcome(msgspec.Struct, kw_only=True):
    """How many were done; of the others their key and, in words, why they were left alone."""

    done: int
    refused: list[tuple[str, str]] = []
