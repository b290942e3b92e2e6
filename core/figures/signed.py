"""Numbers with a sign."""


def signed(number: float, decimals: int = 2, plus: bool = False) -> str:
    """Write a number with a true minus sign, and none before nothing.

    Args:
        number: to be written.
        decimals: digits after the point.
        plus: write the sign of positive numbers too, and of 0.
    """
    return f"{round(number, decimals) or 0.0:{'+' if plus else ''}.{decimals}f}".replace("-", "\N{MINUS SIGN}")
