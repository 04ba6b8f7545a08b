"""The record: every action in an append-only Merkle tree, and the proofs made from it."""
