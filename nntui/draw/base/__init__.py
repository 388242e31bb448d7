"""What every picture is made of: spans of styled text, numbers, axes, braille, bars."""
