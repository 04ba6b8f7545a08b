"""The Merkle tree of the record: hashing and proofs as RFC 9162, section 2.1, defines them.

A `Frontier` is all that a growing tree has to remember; a `Tree` keeps every level, for many
proofs over the same leaves. Leaves are given as leaf hashes throughout, so that the entries
themselves need not be at hand.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import Self

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves (RFC 9162 2.1.1)."""

_BATCH = 1 << 16
_SIZE_BYTES = 8

Subtrees = Callable[[int, int], bytes]
"""Gives the root over the leaves from a position up to, not including, another."""


def leaf_hash(entry: bytes) -> bytes:
    """RFC 9162 2.1.1: the hash of an entry of the record, SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162 2.1.1: the hash over two subtrees, SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the complete subtrees of a growing tree: enough to go on and to tell its root.

    A tree of n leaves has one such subtree for each bit that is set in n; the largest holds the
    oldest leaves.
    """

    __slots__ = ("_nodes", "size")

    def __init__(self) -> None:
        self.size = 0
        # By height; a None stands where the bit of that height is not set in the size.
        self._nodes: list[bytes | None] = []

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash; hashes once on average."""
        assert len(leaf) == HASH_BYTES
        node, height, nodes = leaf, 0, self._nodes
        while height < len(nodes) and (left := nodes[height]) is not None:
            node = node_hash(left, node)
            nodes[height] = None
            height += 1
        if height == len(nodes):
            nodes.append(node)
        else:
            nodes[height] = node
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add many leaf hashes, level by level: the fast way, and bounded in memory."""
        source = iter(leaves)
        while batch := list(islice(source, _BATCH)):
            self._extend(batch)

    def _extend(self, level: list[bytes]) -> None:
        assert set(map(len, level)) == {HASH_BYTES}
        self.size += len(level)
        height, nodes = 0, self._nodes
        while level:
            if height == len(nodes):
                nodes.append(None)
            if (left := nodes[height]) is not None:
                level.insert(0, left)
            nodes[height] = level.pop() if len(level) % 2 else None
            pairs = iter(level)
            level = [sha256(b"\x01" + a + b).digest() for a, b in zip(pairs, pairs, strict=True)]
            height += 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        root: bytes | None = None
        for node in self._nodes:
            if node is not None:
                root = node if root is None else node_hash(node, root)
        return EMPTY_ROOT if root is None else root

    def to_bytes(self) -> bytes:
        """The one canonical form: the size (8 bytes, big-endian), then the hashes, largest first."""
        nodes = [node for node in reversed(self._nodes) if node is not None]
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(nodes)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read `to_bytes`; ValueError when it is anything else."""
        if len(data) < _SIZE_BYTES:
            raise ValueError("a frontier begins with 8 bytes of size")
        frontier, size = cls(), int.from_bytes(data[:_SIZE_BYTES], "big")
        if len(data) != _SIZE_BYTES + HASH_BYTES * size.bit_count():
            raise ValueError(f"a frontier of {size} leaves has {size.bit_count()} hashes")
        end = len(data)
        for height in range(size.bit_length()):
            present = size >> height & 1
            frontier._nodes.append(data[end - HASH_BYTES : end] if present else None)
            end -= HASH_BYTES * present
        frontier.size = size
        return frontier

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Frontier) and self.to_bytes() == other.to_bytes()


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes; they are read once and not kept."""
    frontier = Frontier()
    frontier.extend(leaf_hashes)
    return frontier.root()


class Tree:
    """All levels of a tree in memory (64 bytes a leaf), for many roots and proofs at any size."""

    def __init__(self, leaf_hashes: Iterable[bytes] = ()) -> None:
        self._levels = [bytearray()]
        self.extend(leaf_hashes)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self._levels[0]) // HASH_BYTES

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        self.extend((leaf,))

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Add leaf hashes; only what they complete is hashed, once."""
        source = iter(leaf_hashes)
        while batch := list(islice(source, _BATCH)):
            assert set(map(len, batch)) == {HASH_BYTES}
            self._levels[0] += b"".join(batch)
            self._complete()

    def _complete(self) -> None:
        height = 0
        while len(self._levels[height]) >= 2 * HASH_BYTES:
            if height + 1 == len(self._levels):
                self._levels.append(bytearray())
            below, level = self._levels[height], self._levels[height + 1]
            width = 2 * HASH_BYTES
            level += b"".join(
                sha256(b"\x01" + below[at : at + width]).digest()
                for at in range(2 * len(level), len(below) - width + 1, width)
            )
            height += 1

    def leaf(self, index: int) -> bytes:
        """The leaf hash at a position, counted from 0."""
        return self._range(index, index + 1)

    def root(self, size: int | None = None) -> bytes:
        """The root as it is, or as it was when the tree had `size` leaves."""
        size = _within(self.size if size is None else size, 0, self.size)
        return self._range(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """As `inclusion_proof`, without hashing what the tree already knows."""
        size = _within(self.size if size is None else size, 0, self.size)
        return list(_path(_within(index, 0, size - 1), 0, size, self._range))

    def consistency_proof(self, old_size: int, size: int | None = None) -> list[bytes]:
        """As `consistency_proof`, without hashing what the tree already knows."""
        size = _within(self.size if size is None else size, 0, self.size)
        return _consistency(_within(old_size, 0, size), size, self._range)

    def _range(self, low: int, high: int) -> bytes:
        count = high - low
        if count & (count - 1) == 0:
            height = count.bit_length() - 1
            at = (low >> height) * HASH_BYTES
            return bytes(self._levels[height][at : at + HASH_BYTES])
        middle = low + _split(count)
        return node_hash(self._range(low, middle), self._range(middle, high))


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """RFC 9162 2.1.3.1: PATH(index, leaves), from the leaf's sibling up; index counts from 0."""
    _within(index, 0, len(leaf_hashes) - 1)
    return list(_path(index, 0, len(leaf_hashes), _hasher(leaf_hashes)))


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """RFC 9162 2.1.4.1: PROOF(old_size, leaves); empty for the same size and for 0."""
    _within(old_size, 0, len(leaf_hashes))
    return _consistency(old_size, len(leaf_hashes), _hasher(leaf_hashes))


def inclusion_path(index: int, size: int, subtree: Subtrees) -> list[bytes]:
    """As `inclusion_proof`, for leaves that are elsewhere: `subtree` gives roots over them."""
    return list(_path(_within(index, 0, size - 1), 0, size, subtree))


def consistency_path(old_size: int, size: int, subtree: Subtrees) -> list[bytes]:
    """As `consistency_proof`, for leaves that are elsewhere: `subtree` gives roots over them."""
    return _consistency(_within(old_size, 0, size), size, subtree)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """RFC 9162 2.1.3.2: whether this leaf hash stands at `index` in the tree of that root."""
    if not 0 <= index < size or not _all_hashes(leaf, root, *proof):
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            fn, sn = _rise(fn, sn)
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """RFC 9162 2.1.4.2: whether the old tree is the beginning of the new one.

    The RFC leaves two cases out: of equal sizes the roots must be equal, and every tree goes on
    from the empty one; the proof of both is empty.
    """
    if not 0 <= old_size <= new_size or not _all_hashes(old_root, new_root, *proof):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    if not proof:
        return False
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            fn, sn = _rise(fn, sn)
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == new_root


def _rise(fn: int, sn: int) -> tuple[int, int]:
    """Past the levels on which the path has no sibling (the RFC's inner shift)."""
    while fn and not fn & 1:
        fn, sn = fn >> 1, sn >> 1
    return fn, sn


def _split(count: int) -> int:
    """The largest power of two smaller than `count` (the RFC's k)."""
    return 1 << (count - 1).bit_length() - 1


def _path(index: int, low: int, high: int, subtree: Subtrees) -> Iterator[bytes]:
    if high - low == 1:
        return
    middle = low + _split(high - low)
    if index < middle:
        yield from _path(index, low, middle, subtree)
        yield subtree(middle, high)
    else:
        yield from _path(index, middle, high, subtree)
        yield subtree(low, middle)


def _consistency(old_size: int, size: int, subtree: Subtrees) -> list[bytes]:
    if old_size in (0, size):
        return []
    return list(_subproof(old_size, 0, size, subtree, known=True))


def _subproof(end: int, low: int, high: int, subtree: Subtrees, *, known: bool) -> Iterator[bytes]:
    """SUBPROOF of RFC 9162 2.1.4.1; `known` is its b: the verifier has this subtree's root."""
    if end == high:
        if not known:
            yield subtree(low, high)
        return
    middle = low + _split(high - low)
    if end <= middle:
        yield from _subproof(end, low, middle, subtree, known=known)
        yield subtree(middle, high)
    else:
        yield from _subproof(end, middle, high, subtree, known=False)
        yield subtree(low, middle)


def _hasher(leaf_hashes: Sequence[bytes]) -> Subtrees:
    """Subtree roots straight from the leaves; the subtrees of one proof never overlap."""
    return lambda low, high: root_of(leaf_hashes[low:high])


def _all_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def _within(number: int, low: int, high: int) -> int:
    if not low <= number <= high:
        raise IndexError(f"{number} is not between {low} and {high}")
    return number
