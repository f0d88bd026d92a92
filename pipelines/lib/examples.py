"""An example of every rule for ``tilth quarantine explain``, from the golden files of its tests."""

import json
from pathlib import Path
from typing import Any, Final

import msgspec

from xapi_ingest.landing.explanation import Example
from xapi_ingest.statement.parse import validate_statement

GOLDEN: Final = Path(__file__).parents[2] / "tests" / "xapi_ingest" / "statement"
LONGEST: Final = 1_500


def examples() -> bytes:
    """``examples.json``: of each rule the first golden file that breaks it, and one in order.

    In order is the shortest golden file that has something where the first is wrong.
    """
    right = sorted(
        (path.read_text(encoding="utf-8").strip() for path in (GOLDEN / "valid").glob("*.json")),
        key=lambda text: (len(text), text),
    )
    found: dict[str, Example] = {}
    for path in sorted((GOLDEN / "invalid").glob("*.json")):
        rule_id, what = path.stem.split("__")
        if rule_id in found:
            continue
        raw = path.read_bytes()
        version = "2.0.0" if path.stem.endswith("_in_2_0") else "1.0.3"
        pointer = validate_statement(raw, version=version)[0].pointer
        wrong = raw.decode("utf-8", "backslashreplace").strip()
        if len(wrong) > LONGEST:
            wrong = f"{wrong[:LONGEST]} …"
        fitting = next((text for text in right if _has(json.loads(text), pointer)), right[0])
        found[rule_id] = Example(what.replace("_", " "), pointer, wrong, fitting)
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


def _has(value: Any, pointer: str) -> bool:
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        elif isinstance(value, dict) and name in value:
            value = value[name]
        else:
            return False
    return True
