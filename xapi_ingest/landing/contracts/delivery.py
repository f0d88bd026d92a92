"""How learning is organised: offerings, assignments, what is compulsory for whom, working days."""

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
    CLOCK_TIME,
    activity,
    employee,
    org_unit,
    programme,
    valid,
)

OFFERINGS: Final = Contract(
    table="offerings",
    rows="One row per run of an item that people register for.",
    load=Load.SNAPSHOT,
    key=("offering_id",),
    ordered=(("open_date", "close_date"), ("starts_at", "ends_at")),
    metrics="LM01 LM02 LM03 LM04 LM13 BL01 BL02 BL03 BL05 LS10 LS02 X01",
    columns=(
        code("offering_id", "Id of the run; registrations name it.", "OF-7|OF-8", is_required=True),
        activity(
            "https://lms.example.com/welding|https://lms.example.com/welding", is_required=True
        ),
        programme("welding-2025|"),
        code("title", "Its title, if not the item's.", "Welding, June|Welding, July"),
        choice(
            "status",
            "How it stands.",
            "planned open finished cancelled",
            "finished|open",
            is_required=True,
        ),
        day("open_date", "First day on which people may register.", "2025-05-01|2025-06-01"),
        day("close_date", "Last day on which it counts as offered.", "2025-06-30|"),
        instant("starts_at", "Begin of its first meeting.", "2025-06-02T09:00:00+02:00|"),
        instant("ends_at", "End of its last meeting.", "2025-06-04T12:00:00+02:00|"),
        whole(
            "planned_duration_days",
            "Days from start within which people should be done.",
            "30|30",
            low=1,
        ),
        whole("seat_count", "Seats.", "12|12", low=0),
        choice(
            "delivery_mode",
            "How it reaches people.",
            "in_person live_online self_paced",
            "in_person|live_online",
        ),
        truth("is_synchronous", "Everybody at the same time.", "true|true"),
        truth("is_interactive", "Learners take part, rather than receive.", "true|true"),
        employee("E1003|", "Who leads it.", name="instructor_employee_id"),
        org_unit("plant-1|", "Unit that runs it."),
        code("location", "Where.", "Stuttgart|"),
    ),
)

ASSIGNMENTS: Final = Contract(
    table="assignments",
    rows="One row per item or path that a person was told to do.",
    load=Load.LOG,
    key=("assignment_id",),
    ordered=(("assigned_date", "due_date"),),
    metrics="X06 HB02 LM05 PE08",
    columns=(
        code("assignment_id", "Id of the assignment.", "AS-1|AS-2", is_required=True),
        employee("E1002|E1003", is_required=True),
        activity("https://lms.example.com/welding|", "The item; empty for a path."),
        code("path_id", "The path; empty for an item.", "|welder", refers_to="paths.path_id"),
        programme("welding-2025|"),
        day(
            "assigned_date", "Day on which it was told.", "2025-05-05|2025-05-05", is_required=True
        ),
        day("due_date", "Last day on which it is on time.", "2025-06-30|"),
        choice("assigned_by", "Who told.", "manager hr system instructor", "manager|system"),
        truth("is_mandatory", "Compliance: left out of what people choose.", "false|false"),
        truth("is_retake", "Forced after a failure.", "false|false", is_optional=True),
        choice(
            "status",
            "How it stands.",
            "open completed waived withdrawn",
            "completed|open",
            is_required=True,
        ),
        day("closed_date", "Day on which it was completed, waived or withdrawn.", "2025-06-04|"),
    ),
)

COMPLIANCE_REQUIREMENTS: Final = Contract(
    table="compliance_requirements",
    rows="One row per prescribed item, group of people that must have it, and span of time.",
    load=Load.SNAPSHOT,
    key=("requirement_id", "scope_kind", "scope_value", "valid_from"),
    ordered=(("valid_from", "valid_to"),),
    metrics="LM12 X06",
    columns=(
        code("requirement_id", "Id of the requirement.", "CR-1|CR-2", is_required=True),
        code("requirement_name", "Its name.", "Welding permit|Seams at work", is_required=True),
        activity(
            "https://lms.example.com/welding|https://wiki.example.com/seams",
            "The item whose completion meets it.",
            is_required=True,
        ),
        choice(
            "scope_kind",
            "What says who must have it.",
            "company org_unit role role_family location country frontline employee",
            "org_unit|company",
            is_required=True,
        ),
        text(
            "scope_value",
            "Which unit (with those below it), role, place or person; `all` for the "
            "company and the front line.",
            "plant-1|all",
            is_required=True,
        ),
        whole("valid_days", "Days for which a completion holds; empty: for ever.", "365|", low=1),
        whole("grace_days", "Days that newcomers have.", "30|60", low=0),
        *valid("2024-01-01|2024-01-01", "|"),
        code("legal_basis", "Law or rule behind it.", "ArbSchG 12|", is_optional=True),
    ),
)

WORKING_DAYS: Final = Contract(
    table="working_days",
    rows="One row per calendar and day.",
    load=Load.LOG,
    key=("calendar_id", "calendar_date"),
    metrics="HB06 LS03 LS04 HB01",
    columns=(
        code(
            "calendar_id",
            "Id of the calendar; employees name it.",
            "DE-BW|DE-BW|JP",
            is_required=True,
        ),
        day("calendar_date", "The day.", "2025-05-01|2025-05-02|2025-05-01", is_required=True),
        truth("is_working_day", "People work on it.", "false|true|true", is_required=True),
        code("work_start_time", "Begin of work, local time.", "|08:00|09:00", check=CLOCK_TIME),
        code("work_end_time", "End of work, local time.", "|16:30|18:00", check=CLOCK_TIME),
        number("working_hours", "Hours of work in it.", "0|8|8", low=0, high=24),
    ),
)

CONTRACTS: Final = (OFFERINGS, ASSIGNMENTS, COMPLIANCE_REQUIREMENTS, WORKING_DAYS)
