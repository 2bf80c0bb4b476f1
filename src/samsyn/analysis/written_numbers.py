"""Numbers as they are written in Swedish: decimal comma, thin space between thousands. The one place where it is done."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

THIN_SPACE = "\u202f"  # narrow, and no line break: 40 000 stays on one line
MINUS = "\u2212"
WIDE = Context(prec=400)  # digits: any float can be written out


def written(number: int | float | Decimal, decimals: int | None = None) -> str:
    """
    Return a number with decimal comma and a thin space between thousands: 40 000 or 12,5.

    number     finite
    decimals   how many are shown, 0 or more; None shows those it has, at most 2
    raises     ValueError if the number is not finite
    """
    exact = Decimal(str(number))
    if not exact.is_finite():
        raise ValueError("Talet är inte ett vanligt tal.")
    rounded = exact.quantize(Decimal(1).scaleb(-(2 if decimals is None else decimals)), rounding=ROUND_HALF_UP, context=WIDE)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    sign = MINUS if rounded < 0 else ""
    return sign + f"{int(whole):,}".replace(",", THIN_SPACE) + (f",{fraction}" if fraction else "")
