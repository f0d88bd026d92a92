"""Programmes: what they are to bring about, by when, for whom; and what is aimed at elsewhere."""

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
    share,
    text,
    whole,
)
from xapi_ingest.landing.contracts.shared import currency, employee, org_unit, price_year

PROGRAMMES: Final = Contract(
    table="programmes",
    rows="One row per programme.",
    load=Load.SNAPSHOT,
    key=("programme_id",),
    ordered=(("launch_date", "end_date"),),
    metrics="X12 OJ07 OJ08 BL04 LM02 LM06 EF01 EF08 EF09 EF10 RO01 RO11",
    columns=(
        code("programme_id", "Id of the programme.", "welding-2025", is_required=True),
        code("programme_name", "Its name.", "Welding 2025", is_required=True),
        choice(
            "component",
            "Component of the ecosystem that it works on.",
            "learning_spaces practice on_the_job knowledge_support pathways ecosystem",
            "practice",
        ),
        employee("E1001", "Who wants it.", name="sponsor_employee_id"),
        employee("E1003", "Who runs it.", name="owner_employee_id"),
        text(
            "business_goal",
            "What it is for, in the sponsor's words.",
            "Halve the scrap of frames by spring",
        ),
        code(
            "target_kpi_id", "Indicator that it is to move.", "scrap-rate", refers_to="kpis.kpi_id"
        ),
        code(
            "target_metric_id",
            "Or metric of the catalogue that it is to move.",
            "",
            is_optional=True,
        ),
        number("baseline_value", "Value before.", "0.062"),
        number("target_value", "Value aimed at.", "0.031"),
        day("target_date", "By when.", "2026-03-31"),
        instant(
            "plan_recorded_at",
            "When goal, metric and baseline were written down.",
            "2025-04-10T08:00:00Z",
        ),
        day("launch_date", "First day.", "2025-05-05"),
        day("end_date", "Last day; empty while it runs.", ""),
        choice(
            "design",
            "How its effect can be told.",
            "rct cluster_rct stepped_wedge staggered_did did_2x2 its matched pre_post descriptive",
            "staggered_did",
        ),
        text("population", "Who is meant, in words.", "Operators of all plants"),
        whole("planned_people_count", "People meant.", "180", low=0),
        money("planned_cost_amount", "Cost that was planned.", "60000", low=0),
        currency("EUR"),
        price_year("2025"),
    ),
)

PROGRAMME_MEMBERS: Final = Contract(
    table="programme_members",
    rows="One row per person of a programme's population, comparison groups included.",
    load=Load.SNAPSHOT,
    key=("programme_id", "employee_id"),
    metrics="EF09 EF10 RO01 BL04 EF01 OJ07",
    columns=(
        code(
            "programme_id",
            "The programme.",
            "welding-2025|welding-2025",
            is_required=True,
            refers_to="programmes.programme_id",
        ),
        employee("E1002|E1003", is_required=True),
        code(
            "arm", "Group, such as treated, control or wave-2.", "wave-1|control", is_required=True
        ),
        code("cluster_id", "What was assigned together, as a team.", "plant-1|sales"),
        day(
            "eligible_date",
            "Day since which the person belongs to the population.",
            "2025-05-05|2025-05-05",
            is_required=True,
        ),
        day(
            "treat_date",
            "Day on which the programme reaches the person; empty: never.",
            "2025-05-12|",
        ),
        choice(
            "assigned_by",
            "What decided.",
            "random rollout_schedule manager self matched",
            "rollout_schedule|rollout_schedule",
            is_required=True,
        ),
        share(
            "propensity", "Chance of being treated, where it is known.", "0.5|0.5", is_optional=True
        ),
    ),
)

TARGETS: Final = Contract(
    table="targets",
    rows="One row per metric, measure, unit and period for which a value is planned or forecast.",
    load=Load.SNAPSHOT,
    key=("metric_id", "measure", "subject_key", "org_unit_id", "kind", "period_start"),
    ordered=(("period_start", "period_end"),),
    columns=(
        code("metric_id", "Metric of the catalogue.", "HB08|HB08", is_required=True),
        code("measure", "Which of its measures; empty: its value.", "|"),
        code("subject_key", "Which skill, programme or other subject; empty: all.", "|"),
        org_unit("|plant-1", "Unit; empty: the company."),
        choice(
            "kind",
            "Planned, or expected as things go.",
            "plan forecast",
            "plan|plan",
            is_required=True,
        ),
        day("period_start", "First day.", "2025-04-01|2025-04-01", is_required=True),
        day("period_end", "Last day.", "2026-03-31|2026-03-31", is_required=True),
        number("target_value", "The value.", "0.35|0.25", is_required=True),
        day("set_date", "Day on which it was set.", "2025-03-15|2025-03-15"),
    ),
)

CONTRACTS: Final = (PROGRAMMES, PROGRAMME_MEMBERS, TARGETS)
