"""Mathematics as a tree: read from the form of the screen, broken into lines, written in LaTeX and MathML."""
