"""How a person wants pages to look (theme, rail, density, language): cookies, so the server renders them at once."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

_YEAR = 365 * 24 * 3600
_VALUES = {
    "theme": ("system", "light", "dark"),
    "rail": ("open", "folded"),
    "density": ("comfortable", "compact"),
}


@dataclass(frozen=True, slots=True)
class Language:
    """A language one can switch to, named in itself."""

    code: str
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class Preferences:
    """The looks in force for a request."""

    theme: str
    rail: str
    density: str
    languages: tuple[Language, ...]
    here: str

    @property
    def other_language(self) -> Language | None:
        """The language a single press switches to."""
        return next((language for language in self.languages if not language.active), None)


_OWN_NAMES = {"en": "English", "nl": "Nederlands"}


def preferences_of(request: HttpRequest | None) -> Preferences:
    """The looks that the cookies of a request ask for; anything unknown counts as not asked."""
    cookies = request.COOKIES if request else {}
    chosen = {
        name: cookies[name] if cookies.get(name) in values else values[0]
        for name, values in _VALUES.items()
    }
    now = get_language() or settings.LANGUAGE_CODE
    languages = tuple(
        Language(code, _OWN_NAMES.get(code, str(name)), now.split("-")[0] == code)
        for code, name in settings.LANGUAGES
    )
    here = request.get_full_path() if request else "/"
    return Preferences(chosen["theme"], chosen["rail"], chosen["density"], languages, here)


@require_POST
def preference(request: HttpRequest) -> HttpResponse:
    """Remembers one preference (`name`, `value`) and goes back to `next`."""
    name, value = request.POST.get("name", ""), request.POST.get("value", "")
    known = {**_VALUES, "language": tuple(code for code, _ in settings.LANGUAGES)}
    if value not in known.get(name, ()):
        return HttpResponseBadRequest("unknown preference")
    after = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, request.is_secure()):
        after = "/"
    answer = HttpResponseRedirect(after)
    cookie = settings.LANGUAGE_COOKIE_NAME if name == "language" else name
    answer.set_cookie(cookie, value, max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    return answer
