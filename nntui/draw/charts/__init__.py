"""Numbers as marks: axes, lines of a plot, braille dots, bars, pixels."""
