"""A file that a page gives to keep."""

from django.http import HttpResponse


def file_to_keep(content: bytes, name: str, media_type: str) -> HttpResponse:
    """The answer by which a browser keeps a file under this name, and no copy of its own."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
