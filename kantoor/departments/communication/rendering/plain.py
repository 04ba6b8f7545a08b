"""A text as plain text: what mail programs without HTML, screens and searches show."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kantoor.departments.communication.rendering.reading import MEDIA, tokens

if TYPE_CHECKING:
    from markdown_it.token import Token

RULE = "-" * 40


def as_plain(body: str, *, address: str | None = "") -> str:
    """A Markdown text as lines to read: links with their address, pictures by what they show.

    `address` is put before addresses of our own pages; None leaves out all addresses.
    """
    return "\n".join(_lines(tokens(body), address)).strip() + "\n"


def beginning(body: str, most: int = 200) -> str:
    """The first words of a text on one line, for lists and feeds without a summary."""
    words = " ".join(as_plain(body, address=None).split())
    if len(words) <= most:
        return words
    return words[: most - 1].rpartition(" ")[0].rstrip(",;:.") + "…"


def _lines(blocks: "list[Token]", address: str | None) -> Iterator[str]:
    """The lines of all blocks, with a blank one where a block ends."""
    lists: list[int] = []  # of each list we are in: the next number, 0 where it has none
    mark, quoted, row, in_cell = "", 0, list[str](), False
    for block in blocks:
        match block.type:
            case "bullet_list_open":
                lists.append(0)
            case "ordered_list_open":
                lists.append(int(block.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
                if not lists:
                    yield ""
            case "list_item_open":
                mark = f"{lists[-1]}. " if lists[-1] else "- "
                lists[-1] += 1 if lists[-1] else 0
            case "blockquote_open":
                quoted += 1
            case "blockquote_close":
                quoted -= 1
            case "hr":
                yield from (RULE, "")
            case "fence" | "code_block":
                yield from (f"    {line}" for line in block.content.splitlines())
                yield ""
            case "tr_close":
                yield " | ".join(row)
                row = []
            case "table_close":
                yield ""
            case "th_open" | "td_open" | "th_close" | "td_close":
                in_cell = block.nesting > 0
            case "inline" if in_cell:
                row.append(_inline(block.children or [], address))
            case "inline":
                indent = "  " * max(len(lists) - 1, 0)
                before = "> " * quoted + indent
                for line in _inline(block.children or [], address).split("\n"):
                    yield f"{before}{mark or ('  ' if lists else '')}{line}"
                    mark = ""
            case "paragraph_close" | "heading_close" if not lists:
                yield ""
            case _:
                pass


def _inline(children: "list[Token]", address: str | None) -> str:
    said: list[str] = []
    opened: list[tuple[str, int]] = []
    for each in children:
        match each.type:
            case "text" | "code_inline":
                said.append(each.content)
            case "softbreak" | "hardbreak":
                said.append("\n")
            case "image":
                said.append(f"[{each.content.strip()}]")
            case "link_open":
                opened.append((str(each.attrs.get("href", "")), len(said)))
            case "link_close":
                where, place = opened.pop()
                said.append(_told(where, "".join(said[place:]), address))
            case _:
                pass
    return "".join(said)


def _told(where: str, words: str, address: str | None) -> str:
    """What stands behind the words of a link, unless they are its address."""
    if address is None:
        return ""
    if where.startswith("/"):
        where = f"{address}{where}"
    plain = where.removeprefix("mailto:").removeprefix("tel:")
    if words in (where, plain) or where.startswith((MEDIA, "#")):
        return ""
    return f" ({plain})"
