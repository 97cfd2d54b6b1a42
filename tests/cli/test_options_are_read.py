"""No option without a reader: whatever the command line takes, some code of it asks for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import scraper

PACKAGE = Path(scraper.__file__).parent / "cli"
TREES = {path.name: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.glob("*.py"))}
READ = {node.attr for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
OPTIONS = [
    pytest.param(field.target.id, id=f"{group.name}.{field.target.id}")
    for tree in TREES.values()
    for group in ast.walk(tree)
    if isinstance(group, ast.ClassDef)
    for field in group.body
    if isinstance(field, ast.AnnAssign) and "Option(" in ast.unparse(field.annotation)
]


def test_there_are_options():
    assert len(OPTIONS) > 50


@pytest.mark.parametrize("name", OPTIONS)
def test_option_is_read(name):
    assert name in READ
