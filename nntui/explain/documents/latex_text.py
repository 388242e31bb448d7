"""Text of a file in LaTeX: ASCII, every character as itself, accents by commands, what cannot be set as [U+4E2D]."""

import unicodedata

from nntui.text.regex import regex

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": "$<$",
    ">": "$>$",
    "|": "$|$",
    '"': r"{\ttfamily\char34}",
    "`": r"{\ttfamily\char18}",
    "[": "{[}",
    "]": "{]}",
}
_LETTERS = {
    "ß": r"\ss{}",
    "æ": r"\ae{}",
    "Æ": r"\AE{}",
    "œ": r"\oe{}",
    "Œ": r"\OE{}",
    "ø": r"\o{}",
    "Ø": r"\O{}",
    "å": r"\aa{}",
    "Å": r"\AA{}",
    "ł": r"\l{}",
    "Ł": r"\L{}",
    "ı": r"\i{}",
    "§": r"\S{}",
    "¶": r"\P{}",
    "©": r"\copyright{}",
    "¡": "!`{}",
    "¿": "?`{}",
    "–": "--{}",
    "—": "---{}",
    "‘": "`{}",
    "’": "'{}",
    "“": "``{}",
    "”": "''{}",
    "…": r"\dots{}",
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": "~",
}
_ACCENTS = {
    0x300: "`",
    0x301: "'",
    0x302: "^",
    0x303: "~",
    0x304: "=",
    0x306: "u ",
    0x307: ".",
    0x308: '"',
    0x30A: "r ",
    0x30B: "H ",
    0x30C: "v ",
    0x323: "d ",
    0x327: "c ",
    0x331: "b ",
}
_GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
    *("nu", "xi", "o", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
_CAPITALS = {
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Ξ": "Xi",
    "Π": "Pi",
    "Σ": "Sigma",
    "Υ": "Upsilon",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}
_LATIN_CAPITALS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True))
_SIGNS = {
    "−": "-",
    "±": r"\pm",
    "×": r"\times",
    "÷": r"\div",
    "·": r"\cdot",
    "•": r"\bullet",
    "°": r"^{\circ}",
    "½": r"\tfrac{1}{2}",
    "¼": r"\tfrac{1}{4}",
    "¾": r"\tfrac{3}{4}",
    "µ": r"\mu",
    "∂": r"\partial",
    "∇": r"\nabla",
    "∑": r"\sum",
    "∏": r"\prod",
    "√": r"\surd",
    "∞": r"\infty",
    "≈": r"\approx",
    "≠": r"\neq",
    "≤": r"\leq",
    "≥": r"\geq",
    "→": r"\rightarrow",
    "←": r"\leftarrow",
    "↔": r"\leftrightarrow",
    "⇒": r"\Rightarrow",
    "∈": r"\in",
    "∀": r"\forall",
    "∃": r"\exists",
    "′": "'",
    "″": "''",
    "¬": r"\neg",
}
_BELOW = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ⱼₘₖᵢ", "0123456789+-jmki", strict=True))
_ABOVE = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᴺˡ", "0123456789+-nNl", strict=True))
_JOINING = "-',"  # two of them in a row would become another sign
_LONG = regex(r"[^\s]{25,}")
_BREAK = "\N{ZERO WIDTH SPACE}"  # none is left in a text that went through `safe`


def latex_text(text: str) -> str:
    """The text unchanged, whatever it holds; long words may be broken anywhere."""
    parted = _LONG.sub(lambda match: _BREAK.join(match[0][at : at + 12] for at in range(0, len(match[0]), 12)), text)
    written: list[str] = []
    for character in unicodedata.normalize("NFC", parted):
        mark = unicodedata.combining(character)
        if mark and written and ord(character) in _ACCENTS:
            written[-1] = f"\\{_ACCENTS[ord(character)]}{{{written[-1]}}}"
        elif character in _JOINING and written and written[-1] in (character, f"{{}}{character}"):
            written.append(f"{{}}{character}")
        else:
            written.append(_character(character))
    return "".join(written)


def _character(character: str) -> str:
    if character == _BREAK:
        return r"\hspace{0pt}"
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character in _LETTERS:
        return _LETTERS[character]
    if " " <= character <= "~":
        return character
    if character in "\n\t":
        return " "
    return _mathematical(character) or _accented(character) or f"{{[}}U+{ord(character):04X}{{]}}"


def _mathematical(character: str) -> str:
    if "α" <= character <= "ω":
        name = _GREEK[ord(character) - ord("α")]
        return "$o$" if name == "o" else f"$\\{name}$"
    if character in _CAPITALS:
        return f"$\\{_CAPITALS[character]}$"
    if character in _LATIN_CAPITALS:
        return f"$\\mathrm{{{_LATIN_CAPITALS[character]}}}$"
    if character in _SIGNS:
        return f"${_SIGNS[character]}$"
    if character in _BELOW:
        return f"$_{{{_BELOW[character]}}}$"
    return f"$^{{{_ABOVE[character]}}}$" if character in _ABOVE else ""


def _accented(character: str) -> str:
    """é as e with a command over it; nothing where the letter or an accent has no command."""
    parts = unicodedata.normalize("NFD", character)
    base, marks = parts[0], parts[1:]
    if not marks or not base.isascii() or not base.isalpha() or any(ord(mark) not in _ACCENTS for mark in marks):
        return ""
    written = f"\\{base}" if base in "ij" and not any(ord(mark) in (0x323, 0x327, 0x331) for mark in marks) else base
    for mark in marks:
        written = f"\\{_ACCENTS[ord(mark)]}{{{written}}}"
    return written
