"""Options of the whole test run, and Hypothesis's profile for all of it."""




from importlib.util import find_spec


def pytest_addoption(parser):
    parser.addoption("--kills", type=int, default=10, help="how often a recording is killed at a random moment (default 10)")
    parser.addoption("--sshd", action="store_true", help="the tests of tests/ssh against OpenSSH's sshd and ssh as well")
    parser.addoption("--torch", metavar="PYTHON", help="a Python that has PyTorch, for the test of what is exported to it")


def pytest_configure(config):
    config.addinivalue_line("markers", "torch: runs what is exported to PyTorch; only where there is one (--torch)")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--torch") or find_spec("torch"):
        return
    left_out = [item for item in items if item.get_closest_marker("torch")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
