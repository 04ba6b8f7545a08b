"""`/communication/picture/…`: a picture in one size, for everybody who was given its signed address."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kantoor.departments.communication.queries.media.showing import file_at
from kantoor.kernel.files.content import path_of
from kantoor.kernel.pages.visiting import open_to_all

FOR_S = 3600
"""Seconds that a picture may be kept on the way: one that is taken away is gone within an hour."""
HEADERS = {
    "Cache-Control": f"public, max-age={FOR_S}",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    # A mail program or a reader of feeds shows it within what is its own.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


@open_to_all
@require_safe
def picture_at(
    request: HttpRequest, company: int, code: str, size: str, signature: str
) -> HttpResponseBase:
    """The picture, as long as it is in the library; no address but a given one leads to it."""
    file = file_at(company, code, size, signature)
    if file is None:
        raise Http404
    try:
        content = path_of(file.sha256).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, content_type=file.media_type, filename=file.name)
    for name, value in HEADERS.items():
        answer[name] = value
    return answer
