"""Sets a page in type: a template and what is on the page give a PDF; the same give the same bytes.

By typst, which is loaded when the first page is set: the server is small until then.
"""

import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec

ARCHIVAL: Literal["a-3b"] = "a-3b"
"""PDF/A-3 (ISO 19005-3), which is kept for years and may hold other files."""


def typeset(
    package: str,
    template: str,
    page: dict[str, Any],
    made: datetime.datetime,
    *,
    archival: bool = True,
    attached: str = "",
) -> bytes:
    """The `page` on the template of this name in a package; `attached` is text that goes inside.

    `made`, in whole seconds, is the moment that the PDF says it is from.
    """
    import typst

    return typst.compile(
        _template(package, template),
        sys_inputs={"page": msgspec.json.encode(page).decode(), "attached": attached},
        ignore_system_fonts=True,
        pdf_standards=[ARCHIVAL] if archival else [],
        timestamp=made.replace(microsecond=0),
    )


@cache
def _template(package: str, name: str) -> Path:
    return Path(str(files(package) / name))
