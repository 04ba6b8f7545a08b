"""What the desk hands in to keep what it knows."""

from typing import Literal

import msgspec

ArticleKind = Literal["article", "error"]


class ArticleDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An article; see Article. `code` follows from the title unless said."""

    title: str
    text: str
    kind: ArticleKind = "article"
    keywords: str = ""
    service: str = ""
    for_all: bool = True
    code: str = ""
