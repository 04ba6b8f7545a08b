"""Pay: salaries, components, the employer's settings, runs and payslips.

All of it but the state of a run is written once: the record then holds digests alone, so that no
history of changes shows what somebody earns.
"""
