"""A terminal emulator that is asked for its text after every few bytes, and puts together only the lines that changed."""

import pyte


class Emulator(pyte.Screen):
    """pyte's screen. `display` is the same as there: the text of each line, a wide character once for its two cells."""

    def __init__(self, *size):
        self._rows = []
        super().__init__(*size)

    @property
    def display(self):
        if len(self._rows) != self.lines:
            self._rows = [""] * self.lines
            self.dirty.update(range(self.lines))
        for y in self.dirty:
            if y < self.lines:
                row = self.buffer[y]
                self._rows[y] = "".join([row[x].data for x in range(self.columns)])  # the second cell of a wide one is empty
        self.dirty.clear()
        return list(self._rows)
