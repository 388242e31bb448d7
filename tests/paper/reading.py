"""Reads numbers back out of documents, as somebody with a pencil would."""

import re
from html.parser import HTMLParser

_NUMBER = r"-?\d+(?:\.\d+)?(?: \\cdot 10\^\{-?\d+\})?|-?\\infty|\\mathrm\{nan\}"
_LATEX = re.compile(rf"(?<![A-Za-z_^{{]){_NUMBER}")


def latex_values(text):
    """The numbers in the last row of each equation, in LaTeX or Markdown."""
    values = []
    for block in re.findall(r"\\begin\{aligned\}(.*?)\\end\{aligned\}", text, re.DOTALL):
        rows = re.split(r"& ?(?==|\\approx|\\leftarrow)", block)
        values.append([plain(number) for number in _LATEX.findall(re.sub(r"\\dots.*?\\dots", "", rows[-1]))])
    return values


def plain(number):
    """3.2 \\cdot 10^{-6} as 3.2e-06, as `Numerals` writes it but for the minus."""
    digits, power, exponent = number.partition(r" \cdot 10^{")
    words = {r"\infty": "inf", r"-\infty": "-inf", r"\mathrm{nan}": "nan"}
    return f"{digits}e{int(exponent[:-1]):+03d}" if power else words.get(number, number)


class Page(HTMLParser):
    """The text of a page, its tags, and the numbers in the last row of each equation."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.words, self.values = [], [], []
        self._row, self._inside, self._power = [], "", False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._inside = tag
        if tag == "mtable":
            self._row = []

    def handle_endtag(self, tag):
        self._inside = ""
        if tag == "mtable":
            self.values.append(_joined(self._row))

    def handle_data(self, data):
        self.words.append(data)
        if self._inside == "mo" and data in "=≈←":
            self._row = []  # the next row begins; a line that only goes on with one has no such sign
        elif self._inside in ("mn", "mo", "mi", "msup"):
            self._row.append((self._inside, data))


def _joined(row):
    """Numbers of a row, with their powers of ten put back."""
    numbers, at = [], 0
    while at < len(row):
        tag, text = row[at]
        if tag == "mn":
            if row[at + 1 : at + 3] == [("mo", "·"), ("mn", "10")]:
                text = f"{text}e{int(row[at + 3][1].replace('−', '-')):+03d}"
                at += 3
            numbers.append(text.replace("−", "-").replace("∞", "inf"))
        at += 1
    return numbers
