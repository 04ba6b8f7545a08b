"""The API's doors: perform an action, ask a query, take in events."""

import functools
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from kantoor.kernel.actions.registry import Action, action_named
from kantoor.kernel.errors import DomainError, NotFound
from kantoor.kernel.queries import Query, query_named
from kantoor.shell.api.bearer import caller
from kantoor.shell.api.once import encoded, perform_once
from kantoor.shell.api.openapi import document
from kantoor.shell.api.problems import ProblemResponse, problem, problem_of
from kantoor.shell.api.reading import from_body, from_query

View = Callable[..., HttpResponse]


def door(view: View) -> View:
    """An API view: errors become problems, and a token (never a cookie) says who calls."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            return ProblemResponse(problem_of(error))
        except Http404:
            return ProblemResponse(problem(404, "not_found", _("There is nothing here.")))

    return csrf_exempt(answer)


@door
def operation(request: HttpRequest, department: str, name: str) -> HttpResponse:
    """`POST` performs the action of that name, `GET` asks the query."""
    full = f"{department}.{name.replace('-', '_')}"
    act, ask = action_named(full), query_named(full)
    if act is not None and act.hidden:
        act = None
    if ask is not None and not ask.exposed:
        ask = None
    allowed = (["POST"] if act else []) + (["GET"] if ask else [])
    if not allowed:
        raise NotFound(_("There is no action or query of this name."))
    if request.method == "POST" and act:
        return perform(request, act)
    if request.method == "GET" and ask:
        return read(request, ask)
    refused = ProblemResponse(
        problem(405, "method", _("Use {methods}.").format(methods=allowed[0]))
    )
    refused["Allow"] = ", ".join(allowed)
    return refused


def perform(request: HttpRequest, declared: Action) -> HttpResponse:
    actor = caller(request)
    parameters = from_body(request, declared.parameters)
    key = request.headers.get("Idempotency-Key", "")
    if key:
        answer = perform_once(actor, declared, parameters, key)
    else:
        answer = encoded(declared.call(actor, **parameters))
    return HttpResponse(answer, content_type="application/json")


def read(request: HttpRequest, declared: Query) -> HttpResponse:
    actor = caller(request)
    found = declared.call(actor, **from_query(request, declared.parameters))
    return HttpResponse(encoded(found), content_type="application/json")


@door
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    if request.method != "GET":
        refused = ProblemResponse(problem(405, "method", _("Use {methods}.").format(methods="GET")))
        refused["Allow"] = "GET"
        return refused
    return HttpResponse(encoded(document()), content_type="application/json")


@door
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address under /api."""
    raise NotFound(_("There is nothing here."))
