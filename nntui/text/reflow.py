"""Plain text set anew."""


def reflowed(text: str) -> str:
    """Paragraphs as one line each, so that a window of any width can set them; indented lines stay as they are."""
    paragraphs = []
    for paragraph in text.strip().split("\n\n"):
        lines = paragraph.split("\n")
        whole = any(line.startswith(" ") for line in lines)
        paragraphs.append(paragraph if whole else " ".join(line.strip() for line in lines))
    return "\n\n".join(paragraphs)
