"""python -m tests.benchmarks.moves FILE MOVES RATE: a recording that grows by RATE moves a second.

Prints when the first one was due, by the clock that all processes of this machine share, then each move is written in its time.
"""

import sys
import time

from nntui.files.library import load
from nntui.lesson.events import Stop
from tests.recording.making import recorder


def main() -> None:
    path, moves, rate = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    one = recorder(path, load("two-by-two"))
    one.record(Stop(0.0, 0))
    print("ready", flush=True)
    sys.stdin.readline()
    begin = time.monotonic()
    print(begin, flush=True)
    for move in range(1, moves + 1):
        while (ahead := begin + move / rate - time.monotonic()) > 0:
            time.sleep(ahead)
        one.record(Stop(time.monotonic() - begin, move))
    print(time.monotonic(), flush=True)
    sys.stdin.readline()
    one.close()


if __name__ == "__main__":
    main()
