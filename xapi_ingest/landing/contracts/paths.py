"""Guided paths and their steps."""

from typing import Final

from xapi_ingest.landing.contracts.contract import Contract, Load, code, day, number, truth, whole
from xapi_ingest.landing.contracts.shared import activity, org_unit, programme, skill

PATHS: Final = Contract(
    table="paths",
    rows="One row per guided path.",
    load=Load.SNAPSHOT,
    key=("path_id",),
    ordered=(("published_date", "retired_date"),),
    metrics="GP01 GP02 GP03 GP05 EF15",
    columns=(
        code("path_id", "Id of the path.", "welder", is_required=True),
        code("path_name", "Its name.", "To be a welder", is_required=True),
        activity(
            "https://lms.example.com/paths/welder",
            "The path, as statements name it.",
            refers_to=None,
        ),
        skill("weld-tig", "Skill that it leads to."),
        number("target_level", "Level that it leads to.", "3", low=0),
        programme("welding-2025"),
        org_unit("company", "Unit that owns it.", name="owner_org_unit_id"),
        day("published_date", "Day on which it opened.", "2024-09-01"),
        day("retired_date", "Last day on which it was open; empty while it is.", ""),
    ),
)

PATH_STEPS: Final = Contract(
    table="path_steps",
    rows="One row per item of a step of a path; a step with several is a choice among them.",
    load=Load.SNAPSHOT,
    key=("path_id", "step_number", "activity_iri"),
    metrics="KS10 GP02 GP04 GP06",
    columns=(
        code("path_id", "The path.", "welder|welder", is_required=True, refers_to="paths.path_id"),
        whole("step_number", "Place of the step, from 1.", "1|1", is_required=True, low=1),
        activity(
            "https://lms.example.com/welding|https://wiki.example.com/seams", is_required=True
        ),
        truth("is_required", "The path is not satisfied without the step.", "true|true"),
    ),
)

CONTRACTS: Final = (PATHS, PATH_STEPS)
