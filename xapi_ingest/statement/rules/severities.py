"""How grave a breach is: the one table that says what the ingest turns away and what it lets in.

``REJECT``: who did what to what, when, or how well cannot be told, or only by guessing.
``TOLERATE``: the letter is broken, the content is plain; it lands and ``tilth validate`` says so.
"""

from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """What the ingest does with a statement that breaks a rule."""

    REJECT = "reject"
    TOLERATE = "tolerate"


SEVERITIES: Final[dict[str, Severity]] = {
    # bytes
    "statement_is_utf8": Severity.REJECT,
    "nesting_is_limited": Severity.REJECT,
    "statement_is_json": Severity.REJECT,
    "number_is_finite": Severity.REJECT,
    "key_appears_once": Severity.REJECT,
    "statement_is_an_object": Severity.REJECT,
    # structure
    "property_has_its_type": Severity.REJECT,
    "name_is_written_as_specified": Severity.REJECT,  # else what it holds would be overlooked
    "property_is_known": Severity.TOLERATE,
    # who
    "actor_is_present": Severity.REJECT,
    "actor_has_one_identifier": Severity.REJECT,
    "identifier_is_well_formed": Severity.REJECT,
    "actor_type_is_known": Severity.TOLERATE,
    "member_is_an_agent": Severity.TOLERATE,
    "member_is_identified": Severity.TOLERATE,
    "team_is_a_group": Severity.TOLERATE,
    "authority_is_an_agent_or_an_oauth_pair": Severity.TOLERATE,
    # did what
    "verb_is_present": Severity.REJECT,
    "verb_id_is_an_iri": Severity.REJECT,
    "voiding_names_a_statement": Severity.REJECT,
    # to what
    "object_is_present": Severity.REJECT,
    "activity_id_is_an_iri": Severity.REJECT,
    "activity_has_an_id": Severity.TOLERATE,
    "object_type_is_known": Severity.TOLERATE,
    "statement_ref_says_its_type": Severity.TOLERATE,
    "sub_statement_is_not_nested": Severity.REJECT,
    "sub_statement_is_no_record": Severity.TOLERATE,
    # questions
    "interaction_has_a_known_type": Severity.TOLERATE,
    "components_belong_to_their_interaction": Severity.TOLERATE,
    "component_has_an_id": Severity.TOLERATE,
    "component_ids_are_distinct": Severity.TOLERATE,
    "correct_response_has_its_format": Severity.TOLERATE,
    "response_has_its_format": Severity.TOLERATE,
    # how well
    "score_scaled_is_a_share": Severity.REJECT,  # 85 for 85 % would count a hundredfold
    "score_range_is_in_order": Severity.TOLERATE,  # 0 of 0: a question without points
    "score_raw_is_in_its_range": Severity.TOLERATE,  # 11 of 10: an extra point
    "duration_is_iso_8601": Severity.REJECT,
    # in which context
    "revision_and_platform_belong_to_an_activity": Severity.TOLERATE,
    "context_activity_id_is_an_iri": Severity.TOLERATE,
    "context_relation_is_whole": Severity.TOLERATE,
    "relevant_types_are_iris": Severity.TOLERATE,
    # with what attached
    "attachment_is_whole": Severity.TOLERATE,
    "attachment_hash_is_sha2": Severity.TOLERATE,
    "attachment_length_is_whole": Severity.TOLERATE,
    "attachment_type_is_a_media_type": Severity.TOLERATE,
    "signature_is_an_octet_stream": Severity.TOLERATE,
    # when, and texts of a fixed form
    "timestamp_is_iso_8601": Severity.REJECT,
    "timestamp_has_the_form_of_its_version": Severity.TOLERATE,
    "uuid_has_standard_form": Severity.REJECT,
    "iri_has_a_scheme": Severity.TOLERATE,
    "iri_has_the_form_of_rfc_3987": Severity.TOLERATE,
    "language_tag_has_the_form_of_rfc_5646": Severity.TOLERATE,
    "version_is_of_this_specification": Severity.TOLERATE,
    "extension_key_is_an_iri": Severity.TOLERATE,
}


def severity_of(rule_id: str) -> Severity:
    """The severity of a rule; whatever rule is not in the table, such as one on files, rejects."""
    return SEVERITIES.get(rule_id, Severity.REJECT)
