"""Work itself: tasks and the skills they take, their starts, KPIs, and the filling of openings."""

from typing import Final

from xapi_ingest.landing.contracts.contract import (
    Contract,
    Load,
    choice,
    code,
    day,
    instant,
    money,
    number,
    text,
    truth,
    whole,
)
from xapi_ingest.landing.contracts.shared import (
    currency,
    employee,
    org_unit,
    price_year,
    role,
    skill,
    valid,
)

_EFFECTS: Final = "X11 EF10 RO01 RO03 RO04 RO05 RO09"

TASK_SKILLS: Final = Contract(
    table="task_skills",
    rows="One row per task and skill that it takes.",
    load=Load.SNAPSHOT,
    key=("task_id", "skill_id"),
    metrics="OJ01 GP11",
    columns=(
        code("task_id", "Id of the task.", "weld-frame|client-visit", is_required=True),
        code("task_name", "Its name.", "Weld a frame|Visit a client"),
        skill("weld-tig|listen", is_required=True),
        number("required_level", "Level that it takes.", "2|2", low=0),
    ),
)

TASK_STARTS: Final = Contract(
    table="task_starts",
    rows="One row per task that somebody began.",
    load=Load.LOG,
    key=("task_start_id",),
    ordered=(("started_at", "ended_at"),),
    metrics="OJ01 OJ02 GP11 EF05",
    columns=(
        code("task_start_id", "Id of the start in the work system.", "TS-1|TS-2", is_required=True),
        employee("E1002|E1003", is_required=True),
        code(
            "task_id",
            "The task.",
            "weld-frame|client-visit",
            is_required=True,
            refers_to="task_skills.task_id",
        ),
        instant(
            "started_at",
            "When it began.",
            "2025-03-03T06:00:00+01:00|2025-03-04T09:00:00Z",
            is_required=True,
        ),
        instant(
            "ended_at",
            "When it ended; empty while it goes on.",
            "2025-03-03T10:00:00+01:00|2025-03-04T10:30:00Z",
        ),
        number("work_hours", "Hours worked at it; empty: from begin to end.", "3.5|", low=0),
        role("operator|account-manager", "Role in which it was done."),
    ),
)

KPIS: Final = Contract(
    table="kpis",
    rows="One row per indicator of the business.",
    load=Load.SNAPSHOT,
    key=("kpi_id",),
    metrics=_EFFECTS,
    columns=(
        code("kpi_id", "Id of the indicator.", "scrap-rate|nps", is_required=True),
        code("kpi_name", "Its name.", "Scrap rate|Net promoter score", is_required=True),
        code("unit", "Its unit.", "share|points", is_required=True),
        choice("good_direction", "Which way is good.", "up down hold", "down|up", is_required=True),
        choice(
            "aggregation",
            "How values of several subjects become one: the sum, or the mean "
            "weighted by the denominator.",
            "sum mean",
            "mean|mean",
            is_required=True,
        ),
        truth("is_guardrail", "Must not get worse whatever else gains.", "false|true"),
    ),
)

KPI_PANEL: Final = Contract(
    table="kpi_panel",
    rows="One row per indicator, person or unit, and period.",
    load=Load.LOG,
    key=("kpi_id", "subject_kind", "subject_id", "period_grain", "period_start"),
    metrics=_EFFECTS,
    columns=(
        code(
            "kpi_id",
            "The indicator.",
            "scrap-rate|scrap-rate",
            is_required=True,
            refers_to="kpis.kpi_id",
        ),
        choice(
            "subject_kind",
            "What is measured.",
            "employee org_unit",
            "org_unit|employee",
            is_required=True,
        ),
        text("subject_id", "Id of the person or unit.", "plant-1|E1002", is_required=True),
        choice(
            "period_grain",
            "Length of the period.",
            "day week month quarter",
            "week|week",
            is_required=True,
        ),
        day(
            "period_start",
            "Its first day; Monday of a week.",
            "2025-03-03|2025-03-03",
            is_required=True,
        ),
        number("value", "Value in the period.", "0.041|0.025", is_required=True),
        number("numerator", "Of a rate: what was counted.", "41|1"),
        number("denominator", "Of a rate: out of what; else the weight.", "1000|40", low=0),
    ),
)

UNIT_VALUES: Final = Contract(
    table="unit_values",
    rows="One row per indicator and span of time: what one unit of it is worth, signed by Finance.",
    load=Load.SNAPSHOT,
    key=("kpi_id", "valid_from"),
    ordered=(("valid_from", "valid_to"),),
    metrics="RO01 RO03 RO04 RO05 RO09",
    columns=(
        code("kpi_id", "The indicator.", "scrap-rate", is_required=True, refers_to="kpis.kpi_id"),
        *valid("2025-04-01", "2026-03-31"),
        money(
            "unit_value_amount",
            "Worth of one unit, per subject and period, if it goes up by 1; "
            "negative if that is a loss.",
            "-125000",
            is_required=True,
        ),
        money("low_value_amount", "Careful end of its range.", "-90000"),
        money("high_value_amount", "Bold end of its range.", "-150000"),
        choice(
            "value_grain",
            "Period to which the worth belongs.",
            "day week month quarter year",
            "month",
            is_required=True,
        ),
        currency("EUR", is_required=True),
        price_year("2025", is_required=True),
        choice(
            "signed_off_by",
            "Who stands for it.",
            "finance controlling sponsor",
            "finance",
            is_required=True,
        ),
        day("signed_off_date", "Since when.", "2025-03-20", is_required=True),
        text("basis", "What it rests on.", "Cost of reworked frames, 2024", is_optional=True),
    ),
)

HIRING: Final = Contract(
    table="hiring",
    rows="One row per opening.",
    load=Load.SNAPSHOT,
    key=("requisition_id",),
    ordered=(("opened_date", "filled_date"),),
    metrics="EF14 EF15 EF16",
    columns=(
        code("requisition_id", "Id of the opening.", "RQ-11|RQ-12", is_required=True),
        role("operator|account-manager", is_required=True),
        org_unit("plant-1|sales"),
        skill("weld-tig|", "Skill that it was opened for."),
        truth("is_skill_critical", "Opened because a skill was missing.", "true|false"),
        day(
            "opened_date", "Day on which it was opened.", "2025-01-10|2025-02-01", is_required=True
        ),
        day("filled_date", "Day on which somebody accepted; empty while open.", "2025-03-12|"),
        day("start_date", "First day in the role.", "2025-05-01|"),
        choice("filled_how", "From where.", "internal external", "external|"),
        employee("E1002|", "Who filled it."),
        money("hiring_cost_amount", "Cost of finding and hiring.", "8200|"),
        money("ramp_cost_amount", "Cost until proficient.", "5400|"),
        currency("EUR|"),
        price_year("2025|"),
        choice(
            "status", "How it stands.", "open filled cancelled", "filled|open", is_required=True
        ),
        whole("applicant_count", "People who applied.", "34|", low=0, is_optional=True),
    ),
)

CONTRACTS: Final = (TASK_SKILLS, TASK_STARTS, KPIS, KPI_PANEL, UNIT_VALUES, HIRING)
