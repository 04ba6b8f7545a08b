"""HTML that was pasted: cleaned of what runs or reports, and brought back to Markdown."""

from kantoor.departments.communication.rendering.reading import MEDIA, reader, tokens

KEPT = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img",
    "li", "ol", "p", "pre", "s", "strong", "b", "i", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt"}, "ol": {"start"}}
GONE_WITH_CONTENT = {"script", "style", "title", "head", "iframe", "object", "noscript", "template"}


def without_html(body: str) -> str:
    """A text as Markdown alone.

    When it has HTML in it, as what is pasted from elsewhere has, what runs (scripts, handlers) or
    reports that one reads (pictures from elsewhere, frames) is left out, and the rest stays as
    Markdown. A text without HTML stays letter by letter.
    """
    body = body.replace("\r\n", "\n").strip()
    if not _has_html(body):
        return body
    import nh3
    from markdownify import markdownify  # 3 MB that a server has no use for until somebody pastes

    page = reader(html=True).render(body)
    clean = nh3.clean(
        page,
        tags=KEPT,
        clean_content_tags=GONE_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_kept_attribute,
        url_schemes={"http", "https", "mailto", "tel", "media"},
        link_rel=None,
    )
    text = markdownify(clean, heading_style="ATX", bullets="-", escape_misc=True)
    return _with_pictures_alone("\n".join(line.rstrip() for line in text.splitlines())).strip()


def _has_html(body: str) -> bool:
    """Whether a text has tags of HTML in it, outside its code."""
    if "<" not in body:
        return False
    blocks = reader(html=True).parse(body)
    return any(
        each.type in ("html_block", "html_inline")
        for block in blocks
        for each in (block, *(block.children or []))
    )


def _kept_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src" and not value.lower().startswith(MEDIA):
        return None
    return value


def _with_pictures_alone(text: str) -> str:
    """Without the pictures that lost their address: they were not of the library."""
    found = [
        each
        for block in tokens(text)
        for each in block.children or []
        if each.type == "image" and not each.attrs["src"]
    ]
    for each in found:
        text = text.replace(f"![{each.content}]()", "", 1)
    return text
