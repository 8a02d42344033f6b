"""Small files, small functions, names that say something."""

import ast
import io
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "workbench").rglob("*.py")) + sorted((ROOT / "benchmarks").rglob("*.py"))
MOST_LINES = 300
MOST_CODE_LINES = 40
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "stuff"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_its_name_says_what_is_in_it(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    assert not VAGUE & {path.stem, *path.relative_to(ROOT).parts}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_function_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    code = _lines_of_code(text)
    long = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = set(range(node.lineno, (node.end_lineno or node.lineno) + 1)) & code - _docstring(node)
            if len(lines) > MOST_CODE_LINES:
                long[node.name] = len(lines)
    assert long == {}


def _lines_of_code(text: str) -> set[int]:
    nothing = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in nothing:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return lines


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[int]:
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return set()
