"""Exactly who is affected when something does not work: by what depends on it, in one question.

Whoever holds a device that stops too, has an account in a system that stops, works in a
department that depends on it, reported it, or answers for it. Nobody else.
"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from kantoor.kernel.parties.models import Party
from kantoor.kernel.parties.units import people_of_units
from kantoor.kernel.store.lookup import fetch

# What stops is known by references as `add_dependency` takes them. UNION, not UNION ALL: what was
# found is not followed twice, so that even a circle would end.
_STOPPED = """WITH RECURSIVE edge (below, above) AS (
    SELECT CAST("of" AS text), CAST("on" AS text) FROM ict_dependency WHERE company_id = %s
    UNION ALL
    SELECT 'ict.service/' || carried.service_id, 'ict.server/' || carried.server_id
    FROM ict_server_service carried JOIN ict_server server ON server.id = carried.server_id
    WHERE server.company_id = %s
    UNION ALL
    SELECT 'ict.server/' || id, 'ict.device/' || device_id FROM ict_server
    WHERE company_id = %s AND device_id IS NOT NULL
), stopped (reference) AS (
    {begun}
    UNION SELECT edge.below FROM edge JOIN stopped ON edge.above = stopped.reference
)"""
_PEOPLE = """{stopped}
SELECT holder_id AS party FROM ict_device
WHERE company_id = %s AND holder_id IS NOT NULL AND merged_into_id IS NULL
AND 'ict.device/' || id IN (SELECT reference FROM stopped)
UNION SELECT requester_id FROM ict_case
WHERE company_id = %s AND is_open AND kind = 'incident' AND requester_id IS NOT NULL
AND 'ict.service/' || service_id IN (SELECT reference FROM stopped)
UNION SELECT who.party_id FROM kernel_party_user who WHERE who.company_id = %s AND who.user_id IN (
    SELECT owner_id FROM ict_service WHERE company_id = %s
    AND 'ict.service/' || id IN (SELECT reference FROM stopped)
    UNION SELECT owner_id FROM ict_server WHERE company_id = %s
    AND 'ict.server/' || id IN (SELECT reference FROM stopped)
)
UNION SELECT account.party_id FROM ict_system_account account
WHERE account.company_id = %s AND account.closed_at IS NULL AND LOWER(account.system) IN (
    SELECT LOWER(code) FROM ict_service WHERE company_id = %s
    AND 'ict.service/' || id IN (SELECT reference FROM stopped)
    UNION SELECT LOWER(name) FROM ict_service WHERE company_id = %s
    AND 'ict.service/' || id IN (SELECT reference FROM stopped)
    UNION SELECT LOWER(code) FROM ict_server WHERE company_id = %s
    AND 'ict.server/' || id IN (SELECT reference FROM stopped)
)"""
_DEPARTMENTS = "{stopped} SELECT reference FROM stopped WHERE reference LIKE 'department:%%'"
_NOBODY = "SELECT CAST(NULL AS text) WHERE 1 = 0"


def affected_by(company_id: int, begun: str, params: Sequence[object]) -> QuerySet[Party]:
    """Who is affected when these stop: a SELECT of references, and its parameters.

    One statement now, for the departments among it, and one when it is asked who they are.
    """
    stopped = _STOPPED.format(begun=begun)
    first = [company_id] * 3 + list(params)
    found = fetch(_DEPARTMENTS.format(stopped=stopped), first)
    departments = [str(each).removeprefix("department:") for (each,) in found]
    sql = _PEOPLE.format(stopped=stopped)
    people = Party.objects.filter(
        company_id=company_id, pk__in=RawSQL(sql, [*first, *[company_id] * 9])
    )
    if not departments:
        return people
    both = people_of_units(company_id, departments)
    return Party.objects.filter(company_id=company_id).filter(
        pk__in=people.values("pk").union(both.values("pk"))
    )


def these(table: str, kind: str, company_id: int, codes: Sequence[str]) -> tuple[str, list[object]]:
    """A SELECT of the references of rows by their codes, for `affected_by`."""
    if not codes:
        return _NOBODY, []
    slots = ", ".join(["%s"] * len(codes))
    sql = f"SELECT 'ict.{kind}/' || id FROM {table} WHERE company_id = %s AND code IN ({slots})"  # noqa: S608
    return sql, [company_id, *codes]
