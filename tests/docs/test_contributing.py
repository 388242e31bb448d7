"""What a contributor is told to type is there: targets of the Makefile, commands of the README, local hooks."""

import re

import pytest

from nntui.version import __version__
from tests.docs.pages import PAGES, ROOT


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


MAKEFILE = read("Makefile")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def test_every_target_that_a_page_names_is_in_the_makefile():
    named = {
        name for page in PAGES for name in re.findall(r"(?:^ {4}|`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert named <= TARGETS


def test_targets_are_phony_and_check_is_the_script_of_ci():
    assert set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()) == TARGETS
    assert re.search(r"^check:.*\n\t\.ci/run$", MAKEFILE, re.MULTILINE)
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_workflow_runs_every_command_of_the_readme_and_no_other():
    workflow = read(".github/workflows/check.yml")
    run = re.findall(r"\.ci/readme (\w+)", workflow)
    assert sorted(run) == sorted(re.findall(r"<!-- command: (\w+) -->", read("README.md")))
    assert re.findall(r'"(3\.\d+)"', workflow) == ["3.11", "3.12", "3.13", "3.14"]
    assert "ubuntu" in workflow
    assert "macos" in workflow


def test_hooks_are_local_and_fetch_nothing():
    hooks = read(".pre-commit-config.yaml")
    assert re.findall(r"repo: (\S+)", hooks) == ["local"]
    assert set(re.findall(r"language: (\S+)", hooks)) == {"system"}
    assert "://" not in hooks


@pytest.mark.parametrize("hook", re.findall(r"entry: (.*)", read(".pre-commit-config.yaml")))
def test_hook_runs_what_the_project_installs(hook):
    program, *arguments = hook.split()
    assert program.removeprefix(".venv/bin/") in {"ruff", "mypy", "lint-imports", "pytest"}
    assert all((ROOT / path).is_dir() for path in arguments if path.startswith("tests/"))


def test_the_citation_has_the_version_of_the_package():
    assert f"\nversion: {__version__}\n" in read("CITATION.cff")
