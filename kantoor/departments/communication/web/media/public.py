"""`/communication/picture/…`: a picture in one size, at the signed address that pages and mails show.

Of what is published it is for everybody who was given it, of all else for who may see it.
"""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from kantoor.departments.communication.queries.media.showing import file_at
from kantoor.kernel.files.content import path_of
from kantoor.kernel.pages.visiting import open_to_all

FOR_S = 3600
"""Seconds that a picture may be kept on the way: one that is taken away is gone within an hour."""
TO_ALL = f"public, max-age={FOR_S}"
TO_ONE = "private, no-store"
"""Of who has to be signed in: no cache on the way shows it to another."""
HEADERS = {
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
    """The picture, as long as something that is out shows it, or who asks may see it."""
    found = file_at(company, code, size, signature, getattr(request, "actor", None))
    if found is None:
        raise Http404
    try:
        content = path_of(found.file.sha256).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, content_type=found.file.media_type, filename=found.file.name)
    answer["Cache-Control"] = TO_ALL if found.public else TO_ONE
    for name, value in HEADERS.items():
        answer[name] = value
    return answer
