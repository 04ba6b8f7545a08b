"""The frame of every API view: which methods, who calls, and errors as problems."""

import functools
import logging
from collections.abc import Callable, Iterable

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from kantoor.kernel.errors import DomainError
from kantoor.shell.api.problems import ProblemResponse, problem, problem_of
from kantoor.shell.middleware import open_to_all

View = Callable[..., HttpResponse]
log = logging.getLogger(__name__)


def door(view: View) -> View:
    """An API view: whatever goes wrong becomes a problem.

    It asks a token and never a cookie, so that no other site can have a browser call it: there
    is nothing to guard against forged requests for.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        # Whoever calls may be answered in a language of their own; it ends with the answer.
        with translation.override(translation.get_language()):
            found = tried(request, *args, **kwargs)
            found.headers.setdefault("Content-Language", translation.get_language() or "en")
            return found

    def tried(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            return ProblemResponse(problem_of(error))
        except Http404:
            return ProblemResponse(problem(404, "not_found", _("There is nothing here.")))
        except SuspiciousOperation:
            # Django's own limits: too many fields, a wrong host.
            return ProblemResponse(problem(400, "malformed", _("The request is malformed.")))
        except OperationalError:
            log.exception("the database did not answer %s", request.path)
            busy = ProblemResponse(problem(503, "busy", _("The database is busy; try again.")))
            busy["Retry-After"] = "5"
            return busy
        except Exception:
            log.exception("%s %s failed", request.method, request.path)
            message = _("Something went wrong here, and it was noted.")
            return ProblemResponse(problem(500, "internal", message))

    return csrf_exempt(open_to_all(answer))


def other_method(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """The answer to a method that the address does not have; OPTIONS says which it has."""
    methods = [*allowed, "OPTIONS"]
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204)
    else:
        message = _("Use {methods}.").format(methods=", ".join(methods[:-1]))
        answer = ProblemResponse(problem(405, "method", message))
    answer["Allow"] = ", ".join(methods)
    return answer
