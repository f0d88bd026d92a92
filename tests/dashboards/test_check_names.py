"""The names of checks, taken apart into what they claim."""

import pytest

from dashboards.check_names import check_words

TABLES = ["fct_posts", "fct_posts_extra", "dim_org_units", "metric_values", "ref_verbs"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("not_null_fct_posts_org_unit_key", "fct_posts.org_unit_key is never empty"),
        ("unique_fct_posts_statement_id", "fct_posts.statement_id is unique"),
        ("non_negative_fct_posts_extra_length", "fct_posts_extra.length is never negative"),
        (
            "relationships_fct_posts_org_unit_key__org_unit_key__ref_dim_org_units_",
            "fct_posts.org_unit_key is found in dim_org_units",
        ),
        (
            "unique_together_stg_landing__rejected_batch_id__position",
            "One row for each stg_landing__rejected_batch_id, position",
        ),
        (
            "accepted_values_fct_posts_mode__formal__social",
            "fct_posts.mode is one of formal, social",
        ),
        ("not_null_stg_landing__runs_as_of", "stg_landing__runs_as_of is never empty"),
        ("assert_sessions_hold_all_timed_seconds", "Sessions hold all timed seconds"),
        ("landing_statement_ids_are_uuids", "Statement ids are uuids"),
        ("something_else_is_well", "Something else is well"),
    ],
)
def test_a_check_is_read_as_its_claim(name, words):
    assert check_words(name, TABLES) == words


def test_a_long_list_of_values_is_cut_between_values_and_keeps_its_column():
    values = "__".join(["admin", "consume", "progress", "assess", "practise", "opinion", "teach"])
    words = check_words(f"accepted_values_ref_verbs_verb_class__{values}", TABLES)
    assert words.startswith("ref_verbs.verb_class is one of admin, consume, progress,")
    assert words.endswith(", …")
    assert "teach" not in words


def test_columns_that_are_unique_together_are_listed():
    words = check_words("unique_together_metric_values_metric_id__measure", TABLES)
    assert words == "metric_values has one row for each metric_id, measure"
