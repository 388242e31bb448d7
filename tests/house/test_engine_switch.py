"""With NNTUI_PURE all tests run without the compiled fold: none switches it on for those that come after it."""

import ast

from tests.house.source import ROOT, tree


def test_the_engine_is_switched_for_a_part_of_a_test_only():
    assigned = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "pure" and isinstance(node.ctx, ast.Store)
    ]
    assert assigned == [], "expected `only_numpy` of tests/engines.py, which puts the switch back"
