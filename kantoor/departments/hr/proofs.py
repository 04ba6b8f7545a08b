"""Prove what HR keeps beside its rows anew, for `kantoor verify`; each area has its own file."""

from kantoor.departments.hr import proofs_breaches, proofs_claims, proofs_leave

__all__ = ["proofs_breaches", "proofs_claims", "proofs_leave"]
