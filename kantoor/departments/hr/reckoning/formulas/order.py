"""The order in which components are reckoned: each after those it uses; loops are refused."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from django.utils.translation import gettext as _

from kantoor.departments.hr.errors_pay import WrongFormula
from kantoor.departments.hr.reckoning.formulas.language import Formula


def in_order(formulas: Mapping[str, Formula]) -> list[str]:
    """The codes, those used first; WrongFormula names the components of a loop."""
    uses = {code: sorted(formulas[code].names & set(formulas)) for code in sorted(formulas)}
    try:
        return list(TopologicalSorter(uses).static_order())
    except CycleError as error:
        loop = " → ".join(error.args[1])
        raise WrongFormula(
            _("These components use each other in a circle: {loop}.").format(loop=loop),
            field="formula",
        ) from None
