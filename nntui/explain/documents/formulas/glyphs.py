"""The table of notations: every sign of an equation, in each format."""

from nntui.values import dataclass


@dataclass(frozen=True, slots=True)
class MathGlyph:
    """How a sign is written in LaTeX and in MathML."""

    latex: str
    mathml: str


GLYPHS: dict[str, MathGlyph] = {
    # letters
    "α": MathGlyph(r"\alpha", "α"),
    "β": MathGlyph(r"\beta", "β"),
    "δ": MathGlyph(r"\delta", "δ"),
    "η": MathGlyph(r"\eta", "η"),
    "μ": MathGlyph(r"\mu", "μ"),
    "σ": MathGlyph(r"\sigma", "σ"),
    "Σ": MathGlyph(r"\sum", "∑"),
    "∂": MathGlyph(r"\partial", "∂"),
    "½": MathGlyph(r"\tfrac{1}{2}", "½"),
    # relations
    "=": MathGlyph("=", "="),
    "≈": MathGlyph(r"\approx", "≈"),
    "←": MathGlyph(r"\leftarrow", "←"),
    "<": MathGlyph("<", "&lt;"),
    ">": MathGlyph(">", "&gt;"),
    "≤": MathGlyph(r"\leq", "≤"),
    "≥": MathGlyph(r"\geq", "≥"),
    "±": MathGlyph(r"\pm", "±"),
    # operators and marks
    "+": MathGlyph("+", "+"),
    "−": MathGlyph("-", "−"),
    "-": MathGlyph("-", "−"),
    "·": MathGlyph(r"\cdot", "·"),
    "×": MathGlyph(r"\times", "×"),
    "/": MathGlyph("/", "/"),
    ",": MathGlyph(",", ","),
    ";": MathGlyph(";", ";"),
    ":": MathGlyph(":", ":"),
    "…": MathGlyph(r"\dots", "…"),
    "(": MathGlyph("(", "("),
    ")": MathGlyph(")", ")"),
    "|": MathGlyph(r"\vert", "|"),
    "^": MathGlyph(r"\hat{\ }", "^"),
    "√": MathGlyph(r"\surd", "√"),
}
RELATIONS = ("=", "≈", "←")
