"""Pages are opened and keys pressed by Chromium with --chromium."""


def pytest_ignore_collect(collection_path, config):
    return True if collection_path.name.startswith("test_chromium_") and not config.getoption("--chromium") else None
