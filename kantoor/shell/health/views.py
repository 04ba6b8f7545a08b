"""Whether the server lives, whether it is ready, and what it measures."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kantoor.kernel.actors.companies import MANAGE_INSTALLATION
from kantoor.kernel.errors import DomainError
from kantoor.kernel.record.append import seal_of
from kantoor.kernel.store.raw import run
from kantoor.shell.api.bearer import caller
from kantoor.shell.database import is_up_to_date
from kantoor.shell.health.gauges import exposition
from kantoor.shell.middleware import open_to_all
from kantoor.shell.requests import is_from_this_machine

log = logging.getLogger(__name__)


@open_to_all
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives; it asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@open_to_all
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, is up to date, and its head is sealed by us: 200, or 503 with what not."""
    checks = {"database": False, "migrations": False, "record": False}
    try:
        run("SELECT 1")
        checks["database"] = True
        checks["migrations"] = is_up_to_date()
        checks["record"] = _head_is_ours()
    except (DatabaseError, DomainError) as problem:
        log.warning("not ready: %s", problem)
    ready = all(checks.values())
    return JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)


@open_to_all
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The gauges, for Prometheus on this machine, or with a token of an administrator."""
    if not is_from_this_machine(request) and not _is_administrator(request):
        return HttpResponseForbidden("metrics: ask from this machine, or with a token\n")
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4")


def _is_administrator(request: HttpRequest) -> bool:
    try:
        return caller(request).may(MANAGE_INSTALLATION)
    except DomainError:
        return False


def _head_is_ours() -> bool:
    rows = run("SELECT size, frontier, root, seal FROM kernel_head WHERE id = 1")
    if not rows:
        return True
    size, frontier, root, seal = rows[0]
    return seal_of(size, bytes(frontier), bytes(root)) == bytes(seal)
