"""Minor units as a decimal number in text, exactly."""

from kantoor.kernel.money import exponent


def decimal_text(minor: int, currency: str) -> str:
    """`-12.50` for -1250 in EUR, `1250` in JPY."""
    places = exponent(currency)
    digits = str(abs(minor)).rjust(places + 1, "0")
    whole = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{whole}" if minor < 0 else whole
