"""The words of the pages: looked up when they are drawn, and all of them in the catalogue."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest

from dashboards import formats
from dashboards.charts.tooltips import FIELDS, tooltips
from dashboards.strings import catalogue
from dashboards.strings.en import TEXT

DASHBOARDS = Path(catalogue.__file__).parents[1]
SCRIPTS = {"app.py", *(f"app_pages/{path.name}" for path in DASHBOARDS.glob("app_pages/*.py"))}
MODULES = sorted(
    path.relative_to(DASHBOARDS).as_posix()
    for path in DASHBOARDS.rglob("*.py")
    if path.relative_to(DASHBOARDS).as_posix() not in SCRIPTS
)


def looked_up_at_import(tree):
    """Calls of ``text`` that run when the module is imported."""
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"text", "code_text"}:
            yield node.lineno
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


@pytest.mark.parametrize("module", MODULES)
def test_no_word_is_looked_up_at_import(module):
    tree = ast.parse((DASHBOARDS / module).read_text(encoding="utf-8"))
    assert list(looked_up_at_import(tree)) == []


@pytest.mark.parametrize("path", sorted(DASHBOARDS.rglob("*.py")), ids=lambda path: path.stem)
def test_every_key_that_is_written_out_has_its_words(path):
    asked = re.findall(r'\btext\(\s*"([^"{}]+)"', path.read_text(encoding="utf-8"))
    assert [key for key in asked if key not in TEXT] == []


@pytest.fixture
def other_language(monkeypatch):
    """A catalogue with a few words of another language."""
    words = {
        "month.1": "Januar",
        "month.1.short": "Jan.",
        "value.day": "{day}. {month} {year}",
        "value.quarter": "{quarter}. Quartal {year}",
        "value.thousands": "\u202f",
        "value.point": ",",
        "tooltip.value": "Wert",
    }
    monkeypatch.setattr(catalogue, "TEXT", TEXT | words)


@pytest.mark.usefixtures("other_language")
def test_dates_numbers_and_tooltips_follow_the_language():
    day = dt.date(2026, 1, 5)
    assert formats.day(day) == "5. Jan. 2026"
    assert formats.period(day, "month") == "Januar 2026"
    assert formats.period(day, "quarter") == "1. Quartal 2026"
    assert formats.short_period(day, "week") == "5. Jan. 26"
    assert formats.hours(4_500) == "1,2\u00a0h"
    assert formats.count(12_345) == "12\u202f345"
    assert tooltips("value")[0].to_dict()["title"] == "Wert"


def test_every_tooltip_has_its_word():
    assert [f"tooltip.{name}" in TEXT for name in FIELDS] == [True] * len(FIELDS)


def test_a_range_of_one_period_is_named_once():
    june = dt.date(2026, 6, 1)
    assert formats.periods(june, june, "month") == "June 2026"
    assert formats.periods(june, dt.date(2026, 7, 1), "month") == "June 2026 – July 2026"
