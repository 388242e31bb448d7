"""Tests that need programs of their own."""


def pytest_ignore_collect(collection_path, config):
    """Real shells are asked only where that is wished."""
    if collection_path.name == "test_completion_in_shells.py" and not config.getoption("--shells"):
        return True
    return None
