"""Numbers in sentences: how they are written, and whether a text is a number, rounded."""

from math import isfinite, isnan

NUMBER = r"(−?(?:\d+\.?\d*(?:e[+-]?\d+)?|inf|nan))"


def shows(text, value):
    """Whether a text is this number, rounded as it is written."""
    shown = float(text.replace("−", "-"))
    if isfinite(value) and text.endswith("e+308"):
        return abs(value) > 0.95e308  # 1.8e+308 is rounded up to what float64 has no number for
    if not isfinite(value) or not isfinite(shown):
        return shown == value or (isnan(shown) and isnan(value))
    digits = text.partition("e")[0].partition(".")[2]
    power = int(text.partition("e")[2] or 0)
    return abs(shown - value) <= 0.5001 * 10.0 ** (power - len(digits)) + 1e-12 * abs(value)
