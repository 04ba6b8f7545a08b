"""One mailbox has one address, however its domain is spelled."""

import pytest

from kantoor.kernel.addresses import with_one_domain
from kantoor.kernel.mail.reading.addresses import canonical

SAME = "a@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "spelled",
    [
        "a@bücher.example", "a@BÜCHER.Example", "a@Bu\u0308cher.example", "a@bücher。example",
        "a@xn--bcher-kva.example", "a@XN--Bcher-KVA.EXAMPLE", " a@bücher.example ",
    ],
)  # fmt: skip
def test_spellings_of_a_domain_are_one_address(spelled: str) -> None:
    assert with_one_domain(spelled) == SAME
    assert canonical(spelled) == SAME


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Eva.de.Vries@BAKKER.example", "Eva.de.Vries@bakker.example"),
        ("eva@faß.example", "eva@xn--fa-hia.example"),
        ("eva@my_host.example", "eva@my_host.example"),
        ("eva@müller_x.example", "eva@müller_x.example"),
        ("eva@xn--zz.example", "eva@xn--zz.example"),
        ("eva@a..é", "eva@a..xn--9ca"),
        ("no address", "no address"),
        ("", ""),
    ],
)
def test_what_is_before_the_domain_and_what_is_no_domain_stay(typed: str, kept: str) -> None:
    assert with_one_domain(typed) == kept
    assert with_one_domain(kept) == kept
