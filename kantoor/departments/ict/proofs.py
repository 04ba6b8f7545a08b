"""Prove what ICT keeps beside its rows anew, for `kantoor verify`; each area has its own file."""

from kantoor.departments.ict import proofs_clocks, proofs_devices

__all__ = ["proofs_clocks", "proofs_devices"]
