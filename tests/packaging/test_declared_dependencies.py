"""What reach imports is what pyproject.toml declares, so that no tool's package props it up."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = {
    canonicalize_name(Requirement(each).name) for each in PYPROJECT["project"]["dependencies"]
}
# Looked for, and used only where somebody installed it.
OPTIONAL = {
    canonicalize_name(Requirement(each).name)
    for each in PYPROJECT["project"]["optional-dependencies"]["bench"]
}
# `jsonschema` looks for it by itself, and without it passes every text as a date-time.
NEVER_IMPORTED_BY_US = {"rfc3339-validator"}


def modules_named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def distributions_imported() -> set[str]:
    tops = {
        name.split(".")[0]
        for path in (REPOSITORY / "reach").rglob("*.py")
        for name in modules_named(ast.parse(path.read_bytes()))
    }
    owners = packages_distributions()
    return {
        canonicalize_name(owner)
        for top in tops - sys.stdlib_module_names - {"reach"}
        for owner in owners.get(top, [top])  # not installed: under its own name
    }


def test_every_import_is_declared_and_every_declaration_is_imported() -> None:
    assert distributions_imported() - OPTIONAL == DECLARED - NEVER_IMPORTED_BY_US
