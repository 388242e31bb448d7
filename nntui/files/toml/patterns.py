"""The tokens of TOML as regular expressions, and the bounds on a file.

Every repetition is possessive: a match that fails has read each character only once.
"""

import re

from nntui.text.regex import regex
from nntui.text.safe import quoted

MOST_DEPTH = 6  # lists and tables inside one another; a scenario needs five
MOST_VALUES = 100_000  # lists of plain numbers count as one
MOST_PARTS = 8  # a.b.c has three
MOST_KEYS = 20_000
MOST_KEY = 200  # characters
MOST_NUMBER = 400
MOST_TEXT = 65_536

# Atomic groups are written (?>(?:…)*), not (?:…)*+: Python before 3.11.5 matches the latter wrongly (gh-106052).
BLANK = regex(r"(?>(?:[ \t\n]|#[^\n]*+)*)")
SPACE = regex(r"[ \t]*+")
END = regex(r"[ \t]*+(?:#[^\n]*+)?(?:\n|\Z)")
COMMA = regex(r",[0-9]")
REST = regex(r"[^\n]*")
KEY = regex(r"""[A-Za-z0-9_-]++|"(?>(?:[^"\\\n]++|\\.)*)"|'[^'\n]*+'""")
TEXT = regex(
    r'''"""(?>(?:[^"\\]++|\\.|"(?!""))*)"{3,5}|'{3}(?>(?:[^']++|'(?!''))*)'{3,5}'''
    r"""|"(?!"")(?>(?:[^"\\\n]++|\\[^\n])*)"|'(?!'')[^'\n]*+'|""(?!")|''(?!')""",
    re.DOTALL,
)
DIGITS = r"[0-9](?>(?:_?[0-9])*)"
PLAIN = rf"[+-]?(?:0|[1-9](?>(?:_?[0-9])*))(?:\.{DIGITS})?(?:[eE][+-]?{DIGITS})?"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9:.]{5,20}(?:[Zz]|[+-][0-9:]{5})?)?|[0-9]{2}:[0-9]{2}:[0-9.]{2,12}"
BARE = regex(rf"{DATE}|[^\s,\[\]{{}}\"'#=]+")
VALUE = regex(rf"{DATE}|{PLAIN}|0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+|[+-]?(?:inf|nan)|true|false")
LONG = regex(rf"[^\s,\[\]]{{{MOST_NUMBER + 1}}}")
ESCAPE = regex(r"""\\(?:([btnfr"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[ \t]*+\n)|(.)|\Z)""", re.DOTALL)
MINUS = regex(rf"{TEXT.pattern}|#[^\n]*+|(\N{{MINUS SIGN}}(?=\.?[0-9]|inf|nan))", re.DOTALL)
TYPOGRAPHIC = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}«»‘’‚"
BLANKS = {
    "\N{NO-BREAK SPACE}": "a no-break space (U+00A0)",
    "\N{NARROW NO-BREAK SPACE}": "a narrow no-break space (U+202F)",
    "\N{FIGURE SPACE}": "a figure space (U+2007)",
    "\N{IDEOGRAPHIC SPACE}": "an ideographic space (U+3000)",
}
FLAT = regex(rf"\[[ \t\n]*+{PLAIN}[ \t\n]*+(?>(?:,[ \t\n]*+{PLAIN}[ \t\n]*+)*),?[ \t\n]*+\]")


def with_ascii_minus(text: str) -> str:
    """The text with - for the minus sign U+2212 before a number, but in texts and comments; as long as it was."""
    if "\N{MINUS SIGN}" not in text:
        return text
    return MINUS.sub(lambda match: "-" if match[1] else match[0], text)


def foreign_blank(text: str) -> str | None:
    """The words for a blank that looks like a space and is none, if the text begins with one."""
    return BLANKS.get(text[:1])


def suggestion(word: str) -> str:
    """What to write in place of a word that is no TOML value."""
    if word[0] in TYPOGRAPHIC:
        return f'expected straight quotes: "{quoted(word.strip(TYPOGRAPHIC))[1:-1]}"'
    if re.fullmatch(r"[+-]?(?:[0-9]+\.(?:[eE].*)?|\.[0-9].*)", word):
        return "expected digits on both sides of the point, as in 0.5"
    if re.fullmatch(r"[+-]?0[0-9].*", word):
        return "expected a number without leading zeros"
    if re.fullmatch(r"[0-9].*|[+-].*", word):
        return "expected a number such as 3, 0.5 or 1e-3"
    if word.lower() in ("true", "false"):
        return f"expected {word.lower()}"
    return f"expected a number, true or false, or a text in quotes: {quoted(word).replace(chr(39), chr(34))}"
