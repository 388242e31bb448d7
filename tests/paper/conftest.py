"""Documents go through pdflatex with --pdflatex, and are opened by Chromium with --chromium."""

OPTIONS = {"test_pdflatex.py": "--pdflatex", "test_chromium.py": "--chromium"}


def pytest_ignore_collect(collection_path, config):
    option = OPTIONS.get(collection_path.name)
    return True if option and not config.getoption(option) else None
