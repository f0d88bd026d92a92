"""The names of checks, taken apart into what they claim."""

import pytest

from dashboards.check_names import check_words


@pytest.mark.parametrize(
    ("name", "table", "column", "words"),
    [
        (
            "not_null_fct_posts_org_unit_key",
            "fct_posts",
            "org_unit_key",
            "fct_posts.org_unit_key is never empty",
        ),
        (
            "unique_stg_landing__runs_run_id",
            "stg_landing__runs",
            "run_id",
            "stg_landing__runs.run_id is unique",
        ),
        (
            "relationships_fct_posts_org_unit_key__org_unit_key__ref_dim_org_units_",
            "fct_posts",
            "org_unit_key",
            "fct_posts.org_unit_key is found in dim_org_units",
        ),
        (
            "unique_together_stg_landing__rejected_batch_id__position",
            "stg_landing__rejected",
            "batch_id, position",
            "stg_landing__rejected has one row for each batch_id, position",
        ),
        (
            "accepted_values_fct_posts_mode__formal__social",
            "fct_posts",
            "mode",
            "fct_posts.mode is one of formal, social",
        ),
        (
            "assert_sessions_hold_all_timed_seconds",
            None,
            None,
            "Sessions hold all timed seconds",
        ),
        (
            "landing_statement_ids_are_uuids",
            "statements",
            "statement_id",
            "Statement ids are uuids",
        ),
        ("something_else_is_well", None, None, "Something else is well"),
    ],
)
def test_a_check_is_read_as_its_claim(name, table, column, words):
    assert check_words(name, table, column) == words


def test_a_long_list_of_values_is_cut_between_values():
    values = "__".join(["admin", "consume", "progress", "assess", "practise", "opinion", "teach"])
    words = check_words(
        f"accepted_values_ref_verbs_verb_class__{values}", "ref_verbs", "verb_class"
    )
    assert words.startswith("ref_verbs.verb_class is one of admin, consume, progress,")
    assert words.endswith(", …")
    assert "teach" not in words
