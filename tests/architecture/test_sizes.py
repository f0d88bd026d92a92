"""Small modules: the limits of docs/architecture.md, with a baseline that may only shrink."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tracked import ROOT, tracked

BASELINE = Path(__file__).with_name("sizes_baseline.txt")
MODULE_LINES, FUNCTION_LINES, PAGE_LINES, SQL_LINES = 250, 40, 120, 120


def oversized() -> Iterator[tuple[str, int]]:
    """Each file or function over its limit, with its number of lines."""
    for path in tracked("*.py"):
        if path.parts[0] in {"tests", "benchmarks"}:
            limit = MODULE_LINES * 2  # a table of cases may be long
        else:
            limit = PAGE_LINES if "app_pages" in path.parts else MODULE_LINES
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        if len(lines) > limit:
            yield str(path), len(lines)
        if path.parts[0] not in {"tests", "benchmarks"}:
            yield from long_functions(path, "\n".join(lines))
    for path in tracked("dbt_project/*.sql"):
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        if len(lines) > SQL_LINES:
            yield str(path), len(lines)


def long_functions(path: Path, text: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            size = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            if size > FUNCTION_LINES:
                yield f"{path}:{node.name}", size


def baseline() -> dict[str, int]:
    rows = (line.split() for line in BASELINE.read_text().splitlines() if line[:1] != "#" and line)
    return {name: int(size) for name, size in rows}


def test_nothing_grows_beyond_its_limit():
    known = baseline()
    worse = {name: size for name, size in oversized() if size > known.get(name, 0)}
    assert not worse, f"Too long (split it by concept): {worse}"


def test_the_baseline_lists_nothing_that_has_been_mended():
    now = dict(oversized())
    stale = {name for name, size in baseline().items() if now.get(name) != size}
    assert not stale, f"Lower or remove these lines of {BASELINE.name}: {stale}"
