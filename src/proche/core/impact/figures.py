"""Numbers as people write them in Québec and in English Canada."""

from math import floor, log10

NBSP = "\u00a0"


def decimals_for(*values: float | None) -> int:
    """One decimal for everyday sizes, none from 100 on, two significant digits below 1."""
    scale = max((abs(v) for v in values if v is not None), default=0.0)
    if scale == 0:
        return 0
    if scale >= 100:
        return 0
    return 1 if scale >= 1 else 1 - floor(log10(scale))


def number_fr(value: float, decimals: int) -> str:
    return written(value, decimals).translate({ord(","): NBSP, ord("."): ","})


def number_en(value: float, decimals: int) -> str:
    return written(value, decimals)


def money_fr(value: float, currency: str) -> str:
    return f"{number_fr(value, money_decimals(value))}{NBSP}{currency}"


def money_en(value: float, currency: str) -> str:
    amount = written(value, money_decimals(value))
    return f"{currency}{amount}" if len(currency) == 1 else f"{amount} {currency}"


def written(value: float, decimals: int) -> str:
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return f"\u2212{text}" if negative else text


def money_decimals(value: float) -> int:
    return 2 if abs(value) >= 0.1 or value == 0 else decimals_for(value)
