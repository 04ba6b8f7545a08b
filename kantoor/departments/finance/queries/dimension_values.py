"""The values of a dimension, such as the cost centres, for who has to name one."""

from kantoor.departments.finance.models import DimensionValue


def dimension_values(company_id: int, dimension: str) -> dict[str, str]:
    """Names of the values in use by their code, in order of it."""
    rows = DimensionValue.objects.filter(
        dimension__company_id=company_id, dimension__code=dimension, active=True
    )
    return dict(rows.order_by("code").values_list("code", "name"))
