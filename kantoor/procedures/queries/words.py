"""Names in the reader's language."""

from kantoor.kernel.actors.actor import Actor


def said(actor: Actor, english: str, dutch: str) -> str:
    """The Dutch name for who reads Dutch, where there is one."""
    return dutch if actor.language == "nl" and dutch else english
