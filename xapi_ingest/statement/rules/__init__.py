"""The catalogue: every rule, once. A rule's function name is its ``rule_id``.

A rule file belongs to one part of the statement. To add a rule: one generator, one line here, one
golden file ``tests/xapi_ingest/statement/invalid/<rule_id>__<what_is_wrong>.json``, and, where the
typed path could let the fault pass, the check there.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import orjson

from xapi_ingest.statement.problems import Problem
from xapi_ingest.statement.rules import actors, formats, objects, properties
from xapi_ingest.statement.rules.document import DOCUMENT_RULES

# Raised with every change that makes a rule accept or refuse something else.
RULES_VERSION: Final = "1"

Rule = Callable[[Mapping[str, Any]], Iterator[Problem]]

RULES: Final[tuple[Rule, ...]] = (
    properties.property_has_its_type,
    actors.actor_is_present,
    actors.actor_has_one_identifier,
    actors.identifier_is_well_formed,
    objects.verb_is_present,
    objects.verb_id_is_an_iri,
    objects.object_is_present,
    objects.activity_id_is_an_iri,
    objects.sub_statement_is_whole,
    formats.uuid_has_standard_form,
    formats.timestamp_is_iso_8601,
    formats.duration_is_iso_8601,
)


def problems_of(raw: bytes) -> list[Problem]:
    """Everything that is wrong with the statement in ``raw``."""
    for rule in DOCUMENT_RULES:
        problems = list(rule(raw))
        if problems:
            return problems
    statement = orjson.loads(raw)
    return [problem for rule in RULES for problem in rule(statement)]
