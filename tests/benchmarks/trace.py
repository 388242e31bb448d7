"""trace: lines a second of the three formats, beside writing the same lines that are already there."""

from argparse import Namespace
from io import StringIO
from statistics import median
from time import process_time

from nntui.explain.trace import Format, trace
from nntui.files.library import load
from nntui.training.timeline import Timeline

STEPS = 4_000
ROUNDS = 5
FORMATS: tuple[Format, ...] = ("text", "jsonl", "csv")


def run(options: Namespace) -> None:
    """Prints lines a second of processor time, and how many times as long as a plain write each format takes."""
    for name in ("xor", "digits"):
        for form in FORMATS:
            spent, written, count = [], [], 0
            for _ in range(ROUNDS):
                timeline = Timeline(load(name))
                begun = process_time()
                lines = list(trace(timeline, 0, STEPS - 1, form))
                spent.append(process_time() - begun)
                begun = process_time()
                StringIO().writelines(line + "\n" for line in lines)
                written.append(process_time() - begun)
                count = len(lines)
            ratio = median(a / b for a, b in zip(spent, written, strict=True))
            print(f"  {name:8} {form:6} {count / median(spent):>10,.0f} lines a second, ×{ratio:.0f} of writing them")
