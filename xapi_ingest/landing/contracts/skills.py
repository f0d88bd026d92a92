"""Skills: which there are, which a role needs, what people were seen to be able to do."""

from typing import Final

from xapi_ingest.landing.contracts.contract import (
    Contract,
    Load,
    choice,
    code,
    day,
    instant,
    number,
    text,
    truth,
    whole,
)
from xapi_ingest.landing.contracts.shared import (
    activity,
    employee,
    org_unit,
    programme,
    role,
    skill,
    valid,
)

_GAP: Final = "X13 EF11 EF12 EF13"

SKILLS: Final = Contract(
    table="skills",
    rows="One row per skill.",
    load=Load.SNAPSHOT,
    key=("skill_id",),
    parent="parent_skill_id",
    metrics="KS01 EF03 EF04",
    columns=(
        code("skill_id", "Id of the skill.", "weld-tig|listen", is_required=True),
        code("skill_name", "Its name.", "TIG welding|Active listening", is_required=True),
        code("parent_skill_id", "Skill that it is part of.", "|"),
        whole(
            "level_count", "Levels of its scale, which begins at 1.", "4|4", is_required=True, low=1
        ),
        truth("is_priority", "Named as a priority of the company.", "true|false"),
        whole(
            "evidence_valid_days",
            "Days for which evidence holds; empty: the setting.",
            "730|",
            low=1,
            is_optional=True,
        ),
    ),
)

ROLES: Final = Contract(
    table="roles",
    rows="One row per role.",
    load=Load.SNAPSHOT,
    key=("role_id",),
    metrics="OJ01 EF12 EF14",
    columns=(
        code("role_id", "Id of the role.", "operator|account-manager|plant-lead", is_required=True),
        code(
            "role_name",
            "Its name.",
            "Machine operator|Account manager|Plant lead",
            is_required=True,
        ),
        code(
            "role_family", "Family that it belongs to.", "operators|sales|leaders", is_required=True
        ),
    ),
)

ROLE_SKILLS: Final = Contract(
    table="role_skills",
    rows="One row per role, skill that it requires and span of time.",
    load=Load.SNAPSHOT,
    key=("role_id", "skill_id", "valid_from"),
    ordered=(("valid_from", "valid_to"),),
    metrics=f"{_GAP} KS01",
    columns=(
        role("operator|account-manager", is_required=True),
        skill("weld-tig|listen", is_required=True),
        number("required_level", "Level that the role asks for.", "3|2", is_required=True, low=0),
        number("weight", "Its weight among the role's skills; empty counts as 1.", "2|1", low=0),
        *valid("2023-04-01|2023-04-01", "|"),
    ),
)

SKILL_RECORDS: Final = Contract(
    table="skill_records",
    rows="One row per assessment of one person's level in one skill.",
    load=Load.LOG,
    key=("skill_record_id",),
    metrics=f"{_GAP} OJ01 GP03 EF14 EF15",
    columns=(
        code("skill_record_id", "Id of the assessment.", "SR-1|SR-2", is_required=True),
        employee("E1002|E1003", is_required=True),
        skill("weld-tig|listen", is_required=True),
        number("level", "Level that was found; 0: none of it.", "2|3", is_required=True, low=0),
        day("assessed_date", "Day of the assessment.", "2025-02-10|2025-03-01", is_required=True),
        choice(
            "method",
            "Who or what assessed. Self-ratings are kept apart.",
            "self manager observation test certificate inferred",
            "observation|self",
            is_required=True,
        ),
        employee("E1001|", "Who assessed, if a person did.", name="assessor_employee_id"),
    ),
)

OBSERVATIONS: Final = Contract(
    table="observations",
    rows="One row per person watched at work by one observer, per skill.",
    load=Load.LOG,
    key=("observation_id",),
    metrics="PE13 OJ01 OJ07 OJ08 OJ09 OJ10 GP05 EF04 EF05 EF08 EF09 EF11",
    columns=(
        code("observation_id", "Id of the observation.", "OB-1|OB-2", is_required=True),
        instant(
            "observed_at",
            "When.",
            "2025-03-03T09:00:00+01:00|2025-03-03T09:00:00+01:00",
            is_required=True,
        ),
        employee("E1002|E1002", "Who was watched.", is_required=True),
        employee("E1001|E1003", "Who watched.", name="observer_employee_id"),
        skill("weld-tig|weld-tig", is_required=True),
        truth("is_competent", "Judged competent.", "true|false", is_required=True),
        choice("prompt_level", "Help that was needed.", "none assisted prompted", "none|assisted"),
        number("rating", "Rating on the checklist's own scale.", "4|3"),
        code(
            "performance_id",
            "Same for observers of the same performance: their agreement.",
            "PF-1|PF-1",
        ),
        code(
            "task_id",
            "Task that was watched.",
            "weld-frame|weld-frame",
            refers_to="task_skills.task_id",
        ),
        programme("welding-2025|welding-2025"),
        activity("|", "The checklist, if statements tell of it.", is_optional=True),
    ),
)

WORK_RECORDS: Final = Contract(
    table="work_records",
    rows="One row per use of a skill at work, chance to use it, or try-out that somebody recorded.",
    load=Load.LOG,
    key=("work_record_id",),
    metrics="OJ07 OJ08 OJ11 BL04 EF04 EF05 EF06 EF07",
    columns=(
        code("work_record_id", "Id of the record.", "WR-1|WR-2", is_required=True),
        instant(
            "occurred_at",
            "When.",
            "2025-03-10T14:00:00+01:00|2025-04-02T10:30:00+02:00",
            is_required=True,
        ),
        employee("E1002|E1003", is_required=True),
        choice(
            "kind",
            "What it is; what people say of themselves is a series of its own.",
            "work_record artefact self_report opportunity experiment",
            "work_record|experiment",
            is_required=True,
        ),
        skill("weld-tig|listen"),
        programme("welding-2025|"),
        truth("has_result", "A result was recorded, as a try-out needs.", "true|true"),
        org_unit("plant-1|sales", "Unit in which.", is_optional=True),
        text(
            "reference", "Where the record or artefact can be seen.", "MES-88121|", is_optional=True
        ),
    ),
)

CONTRACTS: Final = (SKILLS, ROLES, ROLE_SKILLS, SKILL_RECORDS, OBSERVATIONS, WORK_RECORDS)
