"""A total divided by shares so that it always adds up: the largest remainders get the odd cents.

(Hare–Niemeyer: https://en.wikipedia.org/wiki/Largest_remainder_method.)
"""

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """The total by weights: rounded down, then a unit each to those that lost most by that.

    Of equal losers the first gets it. A total below zero is divided as its opposite.
    """
    whole = sum(weights)
    assert whole > 0 and min(weights) >= 0, "shares are not below nothing, and not all nothing"
    size, sign = abs(total), 1 if total >= 0 else -1
    parts = [size * weight // whole for weight in weights]
    lost = sorted(range(len(weights)), key=lambda place: (-(size * weights[place] % whole), place))
    for place in lost[: size - sum(parts)]:
        parts[place] += 1
    return [sign * part for part in parts]
