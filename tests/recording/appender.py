"""Children that append as fast as they can, killed at random moments: `python appender.py FOLDER SEED COUNT`.

Prints, for each, how many moves it had been told are kept when it was killed. With a fourth argument: appends under a
limit on the size of a file, and prints what the recorder says.
"""

import mmap
import os
import random
import resource
import signal
import struct
import sys
from pathlib import Path

from nntui.lesson.events import Remark, Stop
from tests.recording.making import recorder, small


def append_for_ever(path, done):
    one = recorder(path)
    length = small().course.length
    n = 0
    while True:
        step = n % 5000 * length  # through many iterations, so that keyframes come too
        assert one.record(Stop(n / 100, step) if n % 3 else Remark(n / 100, step, "x" * (n % 700)))
        n += 1
        done[:8] = struct.pack("q", n)


def killed(path, moment):
    """How many moves were kept when the child was killed, a random moment after some."""
    done = mmap.mmap(-1, 8)
    child = os.fork()
    if not child:
        try:
            append_for_ever(path, done)
        finally:
            os._exit(1)
    while struct.unpack("q", done[:8])[0] < moment:
        if os.waitpid(child, os.WNOHANG)[0]:
            raise SystemExit("the child ended")
    for _ in range(random.randrange(2000)):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return struct.unpack("q", done[:8])[0]


def under_a_limit(path, limit):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    one = recorder(path)
    for n in range(200):
        one.record(Stop(float(n), n))
    one.close()
    print(one.kept, one.lost)
    print(one.farewell())


if __name__ == "__main__":
    folder, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    random.seed(seed)
    if len(sys.argv) > 4:
        under_a_limit(folder / "limited", int(sys.argv[4]))
    else:
        for number in range(count):
            print(killed(folder / f"{number % (count // 2)}", random.choice([0, 1, 2, 10, 100, 300])))
