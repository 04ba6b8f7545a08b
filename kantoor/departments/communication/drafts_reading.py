"""What is handed in to tell people that something fails which they use."""

import msgspec


class NoticeDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A notice to who is affected by something; `about` is its reference (`ict.server/12`).

    `language` is that of who writes unless said.
    """

    about: str
    title: str
    body: str
    language: str = ""
