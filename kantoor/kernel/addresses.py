"""E-mail addresses in one spelling of their domain, so that one mailbox is never two."""

UNICODE_DOTS = str.maketrans("。．｡", "...")
"""What people type as a dot between labels in Chinese and Japanese (RFC 3490, 3.1)."""


def with_one_domain(address: str) -> str:
    """The address with its domain as the DNS has it: A-labels (RFC 5891) in small letters.

    `a@Bücher.example` and `a@XN--BCHER-KVA.example` give the same. What stands before the last @
    stays as it is, and so does a domain that is none.
    """
    local, at, domain = address.strip().rpartition("@")
    if not at:
        return address.strip()
    return f"{local}@{_as_labels(domain)}"


def as_compared(address: str) -> str:
    """The address in the form it is compared in: all in small letters, one spelling of its domain."""
    return with_one_domain(address).lower()


def _as_labels(domain: str) -> str:
    if domain.isascii():
        return domain.lower()
    # Its tables take memory that a server has no use for until somebody has such an address.
    import idna

    labels = []
    for label in domain.translate(UNICODE_DOTS).split("."):
        try:
            labels.append(idna.encode(label, uts46=True).decode("ascii"))
        except (idna.IDNAError, UnicodeError):
            labels.append(label.lower())
    return ".".join(labels)
