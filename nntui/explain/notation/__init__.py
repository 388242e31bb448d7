"""How numbers, letters and indices are written: by the lecture, and by other courses."""
