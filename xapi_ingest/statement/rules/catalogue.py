"""The catalogue as a page to read: ``docs/statement-rules.md`` is this, written out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from xapi_ingest.statement.rules import RULES, RULES_VERSION
from xapi_ingest.statement.rules.document import DOCUMENT_RULES
from xapi_ingest.statement.rules.severities import SEVERITIES, Severity

if TYPE_CHECKING:
    from xapi_ingest.statement.rules.rule import Rule

_EXAMPLES: Final = "../tests/xapi_ingest/statement/invalid"
_HEAD: Final = """\
# The rules for a statement

<!-- Generated from the catalogue in xapi_ingest/statement/rules; `make docs` writes it anew. -->

What xAPI 1.0.3 (Data 2.2 to 2.6 and 4) and 2.0 (IEEE 9274.1.1) demand of a single statement, rule
by rule. An ingest turns away what breaks a rule of severity *reject*: who did what to what, when or
how well could not be told. It lets in what breaks a rule of severity *tolerate*: the letter is
broken, the content is plain. `tilth validate` names both. Clauses are those of the part *Data* of
1.0.3 unless another document is named.
"""


def rules_page(example_names: Iterable[str]) -> str:
    """The page as Markdown.

    Args:
        example_names: Names of the golden files, ``<rule_id>__<what_is_wrong>.json``.
    """
    examples: dict[str, str] = {}
    for name in sorted(example_names):
        examples.setdefault(name.split("__")[0], name)
    rules: tuple[Rule[Any], ...] = (*DOCUMENT_RULES, *RULES)
    rejecting = sum(severity is Severity.REJECT for severity in SEVERITIES.values())
    lines = [
        _HEAD,
        f"Version {RULES_VERSION} of the catalogue: {len(rules)} rules, {rejecting} reject and "
        f"{len(rules) - rejecting} tolerate.\n",
        "| rule | severity | what it demands | clause | what to do | example |",
        "|---|---|---|---|---|---|",
    ]
    for rule in rules:
        example = examples[rule.rule_id]
        lines.append(
            f"| `{rule.rule_id}` | {SEVERITIES[rule.rule_id]} | {rule.summary} | {rule.clause} | "
            f"{rule.remedy} | [{_title(example)}]({_EXAMPLES}/{example}) |"
        )
    return "\n".join(lines) + "\n"


def _title(example: str) -> str:
    return example.removesuffix(".json").split("__")[1].replace("_", " ")
