"""What the kernel tells of requests for approval, after the fact."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ApprovalDecided:
    """A request for a second pair of eyes was decided on: `state` is approved, refused or withdrawn.

    `outcome` is what the action gave, as JSON; empty where it gives nothing, or a secret.
    """

    company_id: int
    approval_id: int
    action: str
    state: str
    remark: str
    outcome: str = ""
