"""Plain text with the line ends of its paragraphs removed."""


def reflowed(text: str) -> str:
    """Each paragraph as one line, for a window of any width to wrap; a paragraph with an indented line keeps its lines."""
    paragraphs = []
    for paragraph in text.strip().split("\n\n"):
        lines = paragraph.split("\n")
        whole = any(line.startswith(" ") for line in lines)
        paragraphs.append(paragraph if whole else " ".join(line.strip() for line in lines))
    return "\n\n".join(paragraphs)
