"""The catalogue: every rule, once. A rule's function name is its ``rule_id``.

A rule file belongs to one part of the statement. To add a rule: one function under ``@rule``, its
name in ``RULES``, its severity in ``severities``, one golden file
``tests/xapi_ingest/statement/invalid/<rule_id>__<what_is_wrong>.json``, and, where it rejects and
the typed path could let the fault pass, the check there.
"""

from typing import Any, Final

import orjson

from xapi_ingest.statement.problems import Problem
from xapi_ingest.statement.rules import (
    across,
    actor,
    attachment,
    context,
    extension,
    identity,
    interaction,
    object,  # noqa: A004  (the part of the statement)
    properties,
    result,
    structure,
    time,
    verb,
)
from xapi_ingest.statement.rules.document import DOCUMENT_RULES, decoded_if_in_order
from xapi_ingest.statement.rules.places import Parts
from xapi_ingest.statement.rules.rule import Rule
from xapi_ingest.statement.rules.severities import SEVERITIES, Severity

# Raised with every change that makes a rule accept or refuse something else.
RULES_VERSION: Final = "2"

RULES: Final[tuple[Rule[Parts], ...]] = (
    structure.property_has_its_type,
    structure.name_is_written_as_specified,
    structure.actor_is_present,
    actor.actor_has_one_identifier,
    actor.identifier_is_well_formed,
    structure.verb_is_present,
    verb.verb_id_is_an_iri,
    structure.object_is_present,
    object.activity_id_is_an_iri,
    object.sub_statement_is_not_nested,
    verb.voiding_names_a_statement,
    identity.uuid_has_standard_form,
    time.timestamp_is_iso_8601,
    result.duration_is_iso_8601,
    result.score_scaled_is_a_share,
    properties.property_is_known,
    actor.actor_type_is_known,
    actor.member_is_an_agent,
    actor.member_is_identified,
    actor.team_is_a_group,
    actor.authority_is_an_agent_or_an_oauth_pair,
    object.activity_has_an_id,
    object.object_type_is_known,
    object.statement_ref_says_its_type,
    object.sub_statement_is_no_record,
    interaction.interaction_has_a_known_type,
    interaction.components_belong_to_their_interaction,
    interaction.component_has_an_id,
    interaction.component_ids_are_distinct,
    interaction.correct_response_has_its_format,
    across.response_has_its_format,
    result.score_range_is_in_order,
    result.score_raw_is_in_its_range,
    context.revision_and_platform_belong_to_an_activity,
    context.context_activity_id_is_an_iri,
    context.context_relation_is_whole,
    context.relevant_types_are_iris,
    attachment.attachment_is_whole,
    attachment.attachment_hash_is_sha2,
    attachment.attachment_length_is_whole,
    attachment.attachment_type_is_a_media_type,
    attachment.signature_is_an_octet_stream,
    time.timestamp_has_the_form_of_its_version,
    identity.iri_has_a_scheme,
    identity.iri_has_the_form_of_rfc_3987,
    identity.language_tag_has_the_form_of_rfc_5646,
    identity.version_is_of_this_specification,
    extension.extension_key_is_an_iri,
)

_REJECTING: Final = tuple(rule for rule in RULES if SEVERITIES[rule.rule_id] is Severity.REJECT)


def rejections(raw: bytes) -> list[Problem]:
    """Every reason not to let the statement in ``raw`` in."""
    return _problems(raw, _REJECTING, is_second=False)


def rejections_of_decoded(statement: dict[str, Any]) -> list[Problem]:
    """Every reason not to let a decoded ``statement`` in whose bytes are in order."""
    parts = Parts(statement)
    return [problem for rule in _REJECTING for problem in rule.problems(parts)]


def problems_of(raw: bytes, *, is_second: bool = False) -> list[Problem]:
    """Everything that the specification has against the statement in ``raw``.

    Args:
        raw: One JSON document, as received.
        is_second: Judged by version 2.0 (IEEE 9274.1.1) rather than by 1.0.3.
    """
    return _problems(raw, RULES, is_second=is_second)


def _problems(raw: bytes, rules: tuple[Rule[Parts], ...], *, is_second: bool) -> list[Problem]:
    statement = decoded_if_in_order(raw)
    if statement is None:
        for document_rule in DOCUMENT_RULES:
            problems = list(document_rule.problems(raw))
            if problems:
                return problems
        statement = orjson.loads(raw)
    parts = Parts(statement, is_second=is_second)
    return [problem for rule in rules for problem in rule.problems(parts)]
