"""What people say and report: surveys, usability tests, tickets, and how they spend their time."""

from typing import Final

from xapi_ingest.landing.contracts.contract import (
    Contract,
    Load,
    choice,
    code,
    day,
    instant,
    number,
    truth,
    whole,
)
from xapi_ingest.landing.contracts.shared import employee, org_unit, programme

_ROLES: Final = "learner instructor hr manager"

SURVEYS: Final = Contract(
    table="surveys",
    rows="One row per survey sent out.",
    load=Load.SNAPSHOT,
    key=("survey_id",),
    ordered=(("opened_date", "closed_date"),),
    metrics="EF01 EF08 UX01",
    columns=(
        code("survey_id", "Id of the survey.", "SV-1|SV-2", is_required=True),
        code("survey_name", "Its name.", "After welding|Using the platform", is_required=True),
        choice(
            "survey_kind",
            "What it asks about.",
            "reaction application usability other",
            "reaction|usability",
            is_required=True,
        ),
        programme("welding-2025|"),
        day("opened_date", "First day for answers.", "2025-06-05|2025-10-01", is_required=True),
        day("closed_date", "Last day for answers.", "2025-06-19|2025-10-14"),
        whole(
            "invited_count",
            "People asked: the response rate is out of them.",
            "12|300",
            is_required=True,
            low=0,
        ),
    ),
)

SURVEY_ANSWERS: Final = Contract(
    table="survey_answers",
    rows="One row per answer of one respondent to one question. Free text is not wanted.",
    load=Load.LOG,
    key=("survey_id", "response_id", "question_id"),
    metrics="EF01 EF06 EF08 UX01",
    columns=(
        code(
            "survey_id",
            "The survey.",
            "SV-1|SV-1|SV-2",
            is_required=True,
            refers_to="surveys.survey_id",
        ),
        code("response_id", "Id of one respondent's answers.", "R-1|R-1|R-2", is_required=True),
        code("question_id", "Id of the question.", "Q1|Q2|U1", is_required=True),
        choice(
            "construct",
            "What the question measures.",
            "relevance intent_to_apply applied_share used_content_share umux_capability "
            "umux_ease sus helpful other",
            "relevance|intent_to_apply|umux_ease",
            is_required=True,
        ),
        number("score", "The answer.", "4|5|6"),
        number("scale_low", "Least answer of the scale.", "1|1|1", is_required=True),
        number("scale_high", "Greatest answer of the scale.", "5|5|7", is_required=True),
        truth("is_reversed", "Agreement is bad, as every second item of SUS.", "false|false|false"),
        instant(
            "answered_at",
            "When.",
            "2025-06-05T10:00:00+02:00|2025-06-05T10:00:00+02:00|2025-10-02T08:00:00+02:00",
        ),
        employee("E1002|E1002|", "Who answered; empty: unknown."),
        choice("respondent_role", "As what.", _ROLES, "learner|learner|hr"),
    ),
)

USABILITY_TESTS: Final = Contract(
    table="usability_tests",
    rows="One row per key task that somebody tried in a test of the platform.",
    load=Load.LOG,
    key=("trial_id",),
    metrics="UX02",
    columns=(
        code("trial_id", "Id of the trial.", "UT-1|UT-2", is_required=True),
        code("release", "Release that was tested.", "2025.2|2025.2", is_required=True),
        day("tested_date", "Day of the test.", "2025-09-10|2025-09-10", is_required=True),
        choice("tester_role", "As what.", _ROLES, "learner|hr", is_required=True),
        choice(
            "task",
            "What was tried.",
            "find enrol practise publish report",
            "find|report",
            is_required=True,
        ),
        truth("is_success", "It was done without help.", "true|false", is_required=True),
        number("duration_seconds", "Time that it took.", "38|240", low=0),
    ),
)

SUPPORT_TICKETS: Final = Contract(
    table="support_tickets",
    rows="One row per ticket about the learning platforms.",
    load=Load.LOG,
    key=("ticket_id",),
    ordered=(("opened_at", "closed_at"),),
    metrics="UX03",
    columns=(
        code("ticket_id", "Id of the ticket.", "T-900|T-901", is_required=True),
        instant(
            "opened_at",
            "When it was opened.",
            "2025-06-02T07:45:00Z|2025-06-03T12:10:00Z",
            is_required=True,
        ),
        instant("closed_at", "When it was closed; empty while open.", "2025-06-02T09:00:00Z|"),
        code("platform", "System that it is about.", "lms|video"),
        choice(
            "topic",
            "What it is about.",
            "access content enrolment assessment reporting performance other",
            "access|content",
        ),
        choice("requester_role", "As what the person asked.", _ROLES, "learner|instructor"),
        org_unit("plant-1|sales", "Unit of the person."),
        choice("severity", "How bad.", "low medium high", "low|high"),
    ),
)

TIME_USE_SURVEY: Final = Contract(
    table="time_use_survey",
    rows="One row per person asked and week: minutes of learning by mode, logged or not.",
    load=Load.LOG,
    key=("response_id",),
    metrics="X02",
    columns=(
        code("response_id", "Id of the answer.", "TU-1|TU-2", is_required=True),
        day("week_start", "Monday of the week.", "2025-06-02|2025-06-02", is_required=True),
        employee("E1002|", "Who answered; empty: unknown."),
        org_unit("plant-1|sales", "Unit of the person."),
        code("role_family", "Family of roles of the person.", "operators|sales"),
        number(
            "formal_minutes",
            "In courses and on registered paths.",
            "60|0",
            is_required=True,
            low=0,
            high=10080,
        ),
        number(
            "social_minutes", "From and with others.", "45|90", is_required=True, low=0, high=10080
        ),
        number(
            "experiential_minutes",
            "By doing and trying.",
            "240|120",
            is_required=True,
            low=0,
            high=10080,
        ),
        number("weight", "Weight in the sample; empty counts as 1.", "1.2|0.9", low=0),
    ),
)

CONTRACTS: Final = (SURVEYS, SURVEY_ANSWERS, USABILITY_TESTS, SUPPORT_TICKETS, TIME_USE_SURVEY)
