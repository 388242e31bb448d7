"""The tests. What Python compiles of them and of nntui is kept, for the other workers and for the processes that tests start."""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
