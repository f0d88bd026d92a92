"""The known numbers of the small published file, and nothing of how it is written."""

import datetime as dt

FIRST_WEEK = dt.date(2025, 12, 29)
WEEKS = [FIRST_WEEK + dt.timedelta(weeks=number) for number in range(27)]  # the last is not over
MONTHS = [dt.date(2026, month, 1) for month in range(1, 8)]
QUARTERS = [dt.date(2026, 1, 1), dt.date(2026, 4, 1), dt.date(2026, 7, 1)]
COMPONENTS = {
    "learning_spaces": ("Learning spaces", "Gardeners", 200_000, 4_000),
    "practice": ("Practice environments", "Hothouses", 60_000, 0),
    "on_the_job": ("On-the-job learning", "Streams", 160_000, -2_500),
    "knowledge_support": ("Knowledge support", "Foundations", 240_000, 0),
    "pathways": ("Guided pathways", "Paths", 340_000, 1_000),
}
DESCRIPTIONS = {
    "learning_spaces": "Where people learn from each other: meetings, discussions, coaching.",
    "practice": "Where what was learned is tried: tests, exercises, simulations.",
    "on_the_job": "Learning in the flow of work: tasks, checklists, help inside work systems.",
    "knowledge_support": "Content to look things up in: documents, articles, search.",
    "pathways": "Guided routes: courses, lessons, videos, learning plans.",
}
UNITS = [
    ("company", "Acorn Works", None, 0, "Acorn Works", True),
    ("engineering", "Engineering", "company", 1, "Acorn Works/Engineering", False),
    ("platform", "Platform", "engineering", 2, "Acorn Works/Engineering/Platform", False),
    ("sales", "Sales", "company", 1, "Acorn Works/Sales", False),
    ("archive", "Archive", "company", 1, "Acorn Works/Archive", False),
]
SIZE = {"company": 1.0, "engineering": 0.6, "platform": 0.3, "sales": 0.1}
PEOPLE = {"company": 40, "engineering": 24, "platform": 12, "sales": 6}
MODES = {
    "learning_spaces": (0.10, 0.85, 0.05),
    "practice": (0.60, 0.10, 0.30),
    "on_the_job": (0.05, 0.25, 0.70),
    "knowledge_support": (0.20, 0.05, 0.75),
    "pathways": (0.92, 0.08, 0.0),
}


def seconds_in(component: str, week_number: int, unit: str = "company") -> float:
    """Active seconds of the component in that week; a straight line over the weeks."""
    _, _, level, slope = COMPONENTS[component]
    return (level + slope * week_number) * SIZE[unit]


def period_seconds(component: str, grain: str, start: dt.date, unit: str = "company") -> float:
    """Active seconds of a week, or of the weeks that begin in a month or quarter."""
    return sum(
        seconds_in(component, number, unit)
        for number, week in enumerate(WEEKS)
        if _start_of(week, grain) == start
    )


def _start_of(week: dt.date, grain: str) -> dt.date:
    if grain == "week":
        return week
    middle = week + dt.timedelta(days=3)
    month = middle.month if grain == "month" else (middle.month - 1) // 3 * 3 + 1
    return dt.date(middle.year, month, 1)
