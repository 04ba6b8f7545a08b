"""The Merkle tree against the published vectors of Certificate Transparency and its definition."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantoor.kernel.record.merkle import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The eight leaves that every implementation of RFC 6962 is tested with, and what comes of them.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


# The definitions of RFC 9162, word for word, over entries: slow, and independent of the module.
def mth(d: list[bytes]) -> bytes:
    if not d:
        return sha256(b"").digest()
    if len(d) == 1:
        return sha256(b"\0" + d[0]).digest()
    k = largest_power_below(len(d))
    return sha256(b"\1" + mth(d[:k]) + mth(d[k:])).digest()


def path(m: int, d: list[bytes]) -> list[bytes]:
    if len(d) == 1:
        return []
    k = largest_power_below(len(d))
    if m < k:
        return [*path(m, d[:k]), mth(d[k:])]
    return [*path(m - k, d[k:]), mth(d[:k])]


def proof(m: int, d: list[bytes]) -> list[bytes]:
    return subproof(m, d, True)


def subproof(m: int, d: list[bytes], b: bool) -> list[bytes]:
    if m == len(d):
        return [] if b else [mth(d)]
    k = largest_power_below(len(d))
    if m <= k:
        return [*subproof(m, d[:k], b), mth(d[k:])]
    return [*subproof(m - k, d[k:], False), mth(d[:k])]


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


entries = st.lists(st.binary(max_size=4), max_size=70)
some_entries = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_published_vectors(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]
    assert Tree(LEAVES).root(size).hex() == ROOTS[size]


@pytest.mark.parametrize("case", INCLUSION)
def test_inclusion_proofs_are_those_of_the_published_vectors(case: tuple[int, int]) -> None:
    index, size = case
    given_proof = inclusion_proof(LEAVES[:size], index)
    assert [step.hex() for step in given_proof] == INCLUSION[case]
    assert verify_inclusion(LEAVES[index], index, size, given_proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize("case", CONSISTENCY)
def test_consistency_proofs_are_those_of_the_published_vectors(case: tuple[int, int]) -> None:
    old, new = case
    given_proof = consistency_proof(LEAVES[:new], old)
    assert [step.hex() for step in given_proof] == CONSISTENCY[case]
    assert verify_consistency(
        old, bytes.fromhex(ROOTS[old]), new, bytes.fromhex(ROOTS[new]), given_proof
    )


@given(entries)
def test_every_way_to_the_root_is_the_definition(d: list[bytes]) -> None:
    leaves = [leaf_hash(entry) for entry in d]
    one_by_one, at_once, in_parts = Frontier(), Frontier(), Frontier()
    for leaf in leaves:
        one_by_one.append(leaf)
    at_once.extend(leaves)
    in_parts.extend(leaves[: len(d) // 3])
    in_parts.extend(leaves[len(d) // 3 :])
    assert one_by_one.root() == at_once.root() == in_parts.root() == mth(d)
    assert one_by_one == at_once == in_parts
    assert at_once.size == len(d)
    assert Tree(leaves).root() == mth(d)


@given(entries, entries)
def test_a_frontier_goes_on_after_being_kept_as_bytes(d: list[bytes], more: list[bytes]) -> None:
    frontier = Frontier()
    frontier.extend(map(leaf_hash, d))
    kept = Frontier.from_bytes(frontier.to_bytes())
    assert kept == frontier
    kept.extend(map(leaf_hash, more))
    assert kept.root() == mth(d + more)
    assert Frontier.from_bytes(kept.to_bytes()).to_bytes() == kept.to_bytes()


@given(some_entries, st.data())
def test_an_inclusion_proof_is_the_definition_and_verifies(
    d: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(d) - 1))
    leaves = [leaf_hash(entry) for entry in d]
    given_proof = inclusion_proof(leaves, index)
    assert given_proof == path(index, d) == Tree(leaves).inclusion_proof(index)
    assert verify_inclusion(leaves[index], index, len(d), given_proof, mth(d))


@given(some_entries, st.data())
def test_a_consistency_proof_is_the_definition_and_verifies(
    d: list[bytes], data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, len(d)))
    leaves = [leaf_hash(entry) for entry in d]
    given_proof = consistency_proof(leaves, old)
    assert given_proof == proof(old, d) == Tree(leaves).consistency_proof(old)
    assert verify_consistency(old, mth(d[:old]), len(d), mth(d), given_proof)


@given(some_entries, st.data())
def test_a_tree_that_grew_still_proves_its_earlier_sizes(
    d: list[bytes], data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(d)))
    old = data.draw(st.integers(1, size))
    index = data.draw(st.integers(0, size - 1))
    tree = Tree()
    for entry in d:
        tree.append(leaf_hash(entry))
    assert tree.size == len(d)
    assert tree.leaf(index) == leaf_hash(d[index])
    assert tree.root(size) == mth(d[:size])
    assert tree.inclusion_proof(index, size) == path(index, d[:size])
    assert tree.consistency_proof(old, size) == proof(old, d[:size])


def flipped(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8 % len(value)] ^= 1 << bit % 8
    return bytes(changed)


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=40), st.data())
def test_an_inclusion_proof_with_anything_changed_is_refused(
    d: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(d) - 1))
    bit = data.draw(st.integers(0, 255))
    leaves = [leaf_hash(entry) for entry in d]
    leaf, size, root, steps = leaves[index], len(d), mth(d), inclusion_proof(leaves, index)
    at = data.draw(st.integers(0, len(steps) - 1))
    bent = [*steps[:at], flipped(steps[at], bit), *steps[at + 1 :]]
    assert not verify_inclusion(leaf, index, size, bent, root)
    assert not verify_inclusion(flipped(leaf, bit), index, size, steps, root)
    assert not verify_inclusion(leaf, index, size, steps, flipped(root, bit))
    assert not verify_inclusion(leaf, index, size, steps[:-1], root)
    assert not verify_inclusion(leaf, index, size, [*steps, leaf], root)
    assert not verify_inclusion(leaf, index, size, [*steps[:at], steps[at][:31]], root)
    for elsewhere in {-1, 0, size - 1, size, size + 1} - {index}:
        if not (0 <= elsewhere < size and leaves[elsewhere] == leaf):
            assert not verify_inclusion(leaf, elsewhere, size, steps, root)


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=40), st.data())
def test_a_consistency_proof_with_anything_changed_is_refused(
    d: list[bytes], data: st.DataObject
) -> None:
    new = len(d)
    old = data.draw(st.integers(1, new - 1))
    bit = data.draw(st.integers(0, 255))
    steps = consistency_proof([leaf_hash(entry) for entry in d], old)
    old_root, new_root = mth(d[:old]), mth(d)
    at = data.draw(st.integers(0, len(steps) - 1))
    bent = [*steps[:at], flipped(steps[at], bit), *steps[at + 1 :]]
    assert not verify_consistency(old, old_root, new, new_root, bent)
    assert not verify_consistency(old, flipped(old_root, bit), new, new_root, steps)
    assert not verify_consistency(old, old_root, new, flipped(new_root, bit), steps)
    assert not verify_consistency(old, old_root, new, new_root, steps[:-1])
    assert not verify_consistency(old, old_root, new, new_root, [*steps, new_root])
    assert not verify_consistency(old, old_root, new, new_root, [])
    assert not verify_consistency(new, new_root, old, old_root, steps)
    assert not verify_consistency(-1, old_root, new, new_root, steps)


def test_a_rewritten_beginning_does_not_pass_as_the_same_tree() -> None:
    old_root = root_of(LEAVES[:6])
    rewritten = [leaf_hash(b"other"), *LEAVES[1:]]
    steps = consistency_proof(rewritten, 6)
    assert not verify_consistency(6, old_root, 8, root_of(rewritten), steps)


def test_equal_and_empty_trees_need_no_proof() -> None:
    root = root_of(LEAVES)
    assert verify_consistency(8, root, 8, root, [])
    assert not verify_consistency(8, root, 8, root, [root])
    assert not verify_consistency(8, root, 8, node_hash(root, root), [])
    assert verify_consistency(0, EMPTY_ROOT, 8, root, [])
    assert not verify_consistency(0, root, 8, root, [])
    assert not verify_consistency(0, EMPTY_ROOT, 8, root, [root])


@pytest.mark.parametrize("index", [-1, 8])
def test_a_proof_of_what_is_not_there_is_a_fault_of_the_caller(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES, index)
    with pytest.raises(IndexError):
        Tree(LEAVES).inclusion_proof(index)


@pytest.mark.parametrize("size", [-1, 9])
def test_a_proof_from_a_size_that_never_was_is_a_fault_of_the_caller(size: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(LEAVES, size)
    with pytest.raises(IndexError):
        Tree(LEAVES).consistency_proof(size)


@pytest.mark.parametrize(
    "spoil", [lambda kept: kept[:-1], lambda kept: kept + b"\0", lambda _: b""]
)
def test_bytes_that_are_no_frontier_are_refused(spoil: object) -> None:
    frontier = Frontier()
    frontier.extend(LEAVES[:5])
    with pytest.raises(ValueError, match="frontier"):
        Frontier.from_bytes(spoil(frontier.to_bytes()))  # type: ignore[operator]
