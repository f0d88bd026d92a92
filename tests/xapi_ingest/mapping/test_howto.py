"""The how-to names everything that there is, and its example works."""

import re
from pathlib import Path

import pytest

from xapi_ingest.mapping.load import mapping_from_text, shipped_names
from xapi_ingest.mapping.local import functions_for
from xapi_ingest.mapping.model import Column, Input, MappingModel, StatementRule
from xapi_ingest.mapping.plan import BUILT_IN

HOWTO = Path(__file__).parents[3] / "docs" / "howto"
PAGE = (HOWTO / "mapping.md").read_text(encoding="utf-8")
SOCIAL = (HOWTO / "social-sources.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
OF_SOCIAL = re.findall(r"```yaml\n(.*?)```", SOCIAL, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES + OF_SOCIAL)
def test_the_examples_are_mappings(example):
    assert mapping_from_text(example, "example.yaml").plan.statements


def test_every_field_function_and_mapping_is_named():
    functions = functions_for(mapping_from_text(EXAMPLES[1], "example.yaml").model)
    models = (MappingModel, Input, Column, StatementRule)
    fields = {field.alias or name for model in models for name, field in model.model_fields.items()}
    public = {name for name in functions if not name.startswith("_")}
    missing = {
        name
        for name in fields | public | set(BUILT_IN) | set(shipped_names())
        if not re.search(rf"\b{re.escape(name)}\b", PAGE)
    }
    assert not missing


def test_every_rule_that_a_row_can_break_is_named():
    folder = Path(__file__).parents[3] / "xapi_ingest" / "mapping"
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))
    kinds = set(
        re.findall(
            r'(?:ValueProblemError|RowFault|_problem|FaultError)\(\s*(?:rule, )?"(\w+)"', code
        )
    )
    assert len(kinds) > 10
    assert not {kind for kind in kinds if not re.search(rf"\.{kind}`", PAGE)}
