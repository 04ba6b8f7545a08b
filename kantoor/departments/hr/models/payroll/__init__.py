"""Pay: salaries, components, the employer's settings, runs and payslips.

All of it but the state of a run is written once: the record then holds digests alone, so that no
history of changes shows what somebody earns.
"""

from kantoor.departments.hr.models.payroll.components import Component, ComponentValue
from kantoor.departments.hr.models.payroll.runs import PayError, PayRun, Payslip
from kantoor.departments.hr.models.payroll.salaries import PaySettings, Salary

__all__ = [
    "Component",
    "ComponentValue",
    "PayError",
    "PayRun",
    "PaySettings",
    "Payslip",
    "Salary",
]
