"""What an actor may do and up to which amount: patterns, scopes of a token, duties, limits."""

import pytest

from kantoor.kernel.actors.actor import EVERYONE, Actor, actor_for
from kantoor.kernel.actors.models import User
from kantoor.kernel.actors.roles import Permitted, add_role, exclude_duties, grant_role
from kantoor.kernel.actors.tokens import create_token
from kantoor.kernel.errors import InvalidInput, NotAllowed
from tests.founded import House, found


def actor(*permissions: str, scopes: tuple[str, ...] = (), **limits: int) -> Actor:
    return Actor(
        user_id=1,
        name="Anne",
        company_id=1,
        permissions=frozenset(permissions),
        scopes=frozenset(scopes),
        limits={name.replace("__", "."): most for name, most in limits.items()},
    )


@pytest.mark.parametrize(
    ("pattern", "permission", "covered"),
    [
        ("*", "finance.post_entry", True),
        ("finance.*", "finance.post_entry", True),
        ("finance.*", "financed.post_entry", False),
        ("finance.read_*", "finance.post_entry", False),
        ("*.read_*", "sales.read_orders", True),
        ("*.read_*", "sales.unread_orders", False),
        ("finance.post_entry", "finance.post_entry", True),
        ("finance.post_entry", "finance.post_entries", False),
        ("finance.post_entr?", "finance.post_entry", False),
        ("finance.[a-z]*", "finance.post_entry", False),
        ("FINANCE.*", "finance.post_entry", False),
        ("finance", "finance.post_entry", False),
        ("", "finance.post_entry", False),
    ],
)
def test_a_pattern_covers_what_its_stars_stand_for(
    pattern: str, permission: str, covered: bool
) -> None:
    assert actor(pattern).may(permission) is covered


def test_a_scope_takes_away_and_never_gives() -> None:
    limited = actor("finance.*", scopes=("*.read_*", "sales.*"))
    assert limited.may("finance.read_ledger")
    assert not limited.may("finance.post_entry")
    assert not limited.may("sales.take_orders")
    assert limited.may(EVERYONE)


def test_a_limit_is_the_highest_of_the_roles() -> None:
    both = actor("finance.post_*", "finance.post_entry", finance__post_entry=100)
    assert both.limit("finance.post_entry") is None
    one = actor("finance.post_entry", "*.read_*", finance__post_entry=100)
    assert one.limit("finance.post_entry") == 100


def test_who_has_no_permission_has_no_limit_to_spend() -> None:
    assert actor("sales.*").limit("finance.post_entry") == 0


@pytest.fixture
def house(db: None) -> House:
    return found()


def role(house: House, code: str, *permissions: Permitted) -> None:
    add_role(house.administrator, code=code, name_en=code, name_nl=code, permissions=permissions)


def with_token(house: House, sign_in: str, *scopes: str) -> Actor:
    return actor_for(User.objects.get(sign_in=sign_in), house.company, frozenset(scopes))


def test_a_limited_token_makes_none_that_is_less_limited(house: House) -> None:
    house.person("anne", "bookkeeper")
    limited = with_token(house, "anne", "finance.read_*", "sales.*")
    for scopes in ((), ("finance.post_entry",), ("finance.*",), ("*",), ("sales.*", "kernel.*")):
        with pytest.raises(NotAllowed):
            create_token(limited, name="wider", scopes=scopes)
    assert create_token(limited, name="same", scopes=["finance.read_*"]).token
    assert create_token(limited, name="narrower", scopes=["sales.read_orders"]).token
    house.machine("shop", "sales_desk")
    manager = with_token(house, "admin", "kernel.manage_tokens", "installation.manage")
    with pytest.raises(NotAllowed):
        create_token(manager, name="wider", user="shop")


def test_a_machine_with_a_higher_limit_gets_no_token_from_who_has_a_lower_one(
    house: House,
) -> None:
    tokens, post = Permitted("kernel.manage_tokens"), "finance.post_entry"
    role(house, "low", tokens, Permitted(post, 1_000))
    role(house, "same", Permitted(post, 1_000))
    role(house, "higher", Permitted(post, 1_001))
    role(house, "endless", Permitted(post))
    role(house, "pattern", Permitted("finance.post_*", 1_000))
    maker = house.person("anne", "low")
    for code in ("same", "higher", "endless", "pattern"):
        house.machine(code, code)
    assert create_token(maker, name="t", user="same").token
    for code in ("higher", "endless", "pattern"):
        with pytest.raises(NotAllowed):
            create_token(maker, name="t", user=code)


def test_duties_that_exclude_each_other_take_both_away(house: House) -> None:
    role(house, "pays", Permitted("finance.post_*"))
    role(house, "orders", Permitted("sales.*"))
    house.person("anne", "pays")
    exclude_duties(house.administrator, first="sales.take_orders", second="finance.post_entry")
    with pytest.raises(Exception, match="exclude each other"):
        grant_role(house.administrator, user="anne", role="orders")
    for pattern in ("finance.*", "*", "*.read_*"):
        with pytest.raises(InvalidInput):
            exclude_duties(house.administrator, first=pattern, second="sales.take_returns")
    both = house.again("admin")
    assert not both.may("finance.post_entry")
    assert not both.may("sales.take_orders")
    assert both.may("sales.take_returns")
