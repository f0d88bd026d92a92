"""Who works here: people, what they were over time, when they were away, units, accounts."""

from typing import Final

from xapi_ingest.landing.contracts.contract import (
    Contract,
    Load,
    choice,
    code,
    day,
    share,
    text,
    truth,
)
from xapi_ingest.landing.contracts.shared import (
    COUNTRY,
    TIME_ZONE,
    employee,
    org_unit,
    role,
    valid,
)

_HABIT: Final = "HB01 HB02 HB06 HB07 HB08 HB11 HB12 HB13 HB14 HB15"

EMPLOYEES: Final = Contract(
    table="employees",
    rows="One row per person who is or was employed: as of today, leavers included.",
    load=Load.SNAPSHOT,
    key=("employee_id",),
    parent="manager_employee_id",
    ordered=(("hire_date", "leave_date"),),
    metrics=(
        f"{_HABIT} "
        "X09 X10 X11 X13 LS01 LS02 LS07 LS08 LS09 LS10 PE13 OJ03 OJ06 OJ08 OJ11 KS13 KS14 "
        "KS15 KS16 GP02 HB03 LM07 LM08 LM09 LM12 EF03 EF11 EF12 EF13 DQ05"
    ),
    columns=(
        text("employee_id", "HR's id of the person.", "E1001|E1002|E1003", is_required=True),
        text("full_name", "Name; used for compliance lists alone.", "Aiko Mori|Jan Weber|Mia Roth"),
        text(
            "email",
            "Address, as statements name the actor.",
            "a.mori@example.com|j.weber@example.com|",
        ),
        text("username", "Account name in the company's systems.", "amori|jweber|mroth"),
        org_unit("plant-1|plant-1|sales", "Unit today."),
        employee("|E1001|E1001", "Line manager today.", name="manager_employee_id"),
        code("role_family", "Family of roles, such as operators.", "leaders|operators|sales"),
        code("location", "Place of work.", "Osaka|Stuttgart|Stuttgart"),
        code(
            "time_zone",
            "Where the person's day begins.",
            "Asia/Tokyo|Europe/Berlin|Europe/Berlin",
            check=TIME_ZONE,
        ),
        truth("is_frontline", "Works at machines, counters or customers'.", "false|true|false"),
        day("hire_date", "First day in the company.", "2015-04-01|2021-09-15|2023-04-01"),
        day("leave_date", "Last day in the company; empty while employed.", "||2025-12-31"),
        role("plant-lead|operator|account-manager", "Role today.", is_optional=True),
        code(
            "country_code",
            "Country of employment, ISO 3166.",
            "JP|DE|DE",
            check=COUNTRY,
            is_optional=True,
        ),
        choice(
            "employment_type",
            "Kind of contract.",
            "regular fixed_term agency trainee",
            "regular|regular|fixed_term",
            is_optional=True,
        ),
        share("fte_share", "Contracted share of full time.", "1|0.8|1", is_optional=True),
        choice(
            "work_mode",
            "Where work is done.",
            "on_site hybrid remote",
            "on_site|on_site|hybrid",
            is_optional=True,
        ),
        choice(
            "learning_function",
            "Works in learning: its people are no peers as sources.",
            "none learning_team instructor",
            "none|none|instructor",
            is_optional=True,
        ),
        day(
            "access_start_date",
            "First day with access to the learning systems.",
            "2015-04-01|2021-09-20|2023-04-03",
            is_optional=True,
        ),
        code(
            "calendar_id",
            "Calendar of working days.",
            "JP|DE-BW|DE-BW",
            refers_to="working_days.calendar_id",
            is_optional=True,
        ),
    ),
)

EMPLOYMENT_PERIODS: Final = Contract(
    table="employment_periods",
    rows="One row per person and span of time in which unit, manager and role stayed the same.",
    load=Load.SNAPSHOT,
    key=("employee_id", "valid_from"),
    ordered=(("valid_from", "valid_to"),),
    metrics="PE13 EF13 LS07 GP05",
    columns=(
        employee("E1002|E1002", is_required=True),
        *valid("2021-09-15|2024-04-01", "2024-03-31|"),
        org_unit("sales|plant-1", "Unit in that time."),
        employee("E1003|E1001", "Line manager in that time.", name="manager_employee_id"),
        role("account-manager|operator", "Role in that time."),
        code("role_family", "Family of roles in that time.", "sales|operators"),
        code("location", "Place of work in that time.", "Stuttgart|Stuttgart"),
        truth("is_frontline", "Frontline work in that time.", "false|true"),
    ),
)

LEAVE_PERIODS: Final = Contract(
    table="leave_periods",
    rows="One row per person and leave of a week or longer. The reason is not wanted.",
    load=Load.SNAPSHOT,
    key=("employee_id", "start_date"),
    ordered=(("start_date", "end_date"),),
    metrics=f"{_HABIT} LS08",
    columns=(
        employee("E1001|E1002", is_required=True),
        day("start_date", "First day away.", "2025-05-05|2025-10-01", is_required=True),
        day("end_date", "Last day away; empty while it is open.", "2025-05-16|"),
    ),
)

ORG_UNITS: Final = Contract(
    table="org_units",
    rows="One row per org unit of today's tree.",
    load=Load.SNAPSHOT,
    key=("org_unit_id",),
    parent="parent_org_unit_id",
    metrics="X01 HB01 KS04 LS07",
    columns=(
        code("org_unit_id", "Id of the unit.", "company|plant-1|sales", is_required=True),
        code("org_unit_name", "Its name.", "Example Group|Plant 1|Sales", is_required=True),
        code("parent_org_unit_id", "Unit above; empty for the company.", "|company|company"),
        choice(
            "org_unit_kind",
            "Its place in the tree.",
            "company business_unit site department team",
            "company|site|department",
            is_optional=True,
        ),
        code("cost_centre_id", "Cost centre in the ledger.", "1000|1100|1200", is_optional=True),
    ),
)

ACCOUNTS: Final = Contract(
    table="accounts",
    rows="One row per further account of a person, and span of time in which it was that person's.",
    load=Load.SNAPSHOT,
    key=("identifier_kind", "identifier_value", "account_home_page", "valid_from"),
    ordered=(("valid_from", "valid_to"),),
    metrics="DQ05",
    columns=(
        choice(
            "identifier_kind",
            "Which identifier of xAPI.",
            "mbox mbox_sha1sum openid account",
            "account|mbox|account",
            is_required=True,
        ),
        text(
            "identifier_value",
            "Address; hash; URI; or the account's name.",
            "amori|old.weber@example.com|hall-3",
            is_required=True,
        ),
        code(
            "account_home_page",
            "Home page of an account; else empty.",
            "https://chat.example.com||https://kiosk.example.com",
        ),
        employee("E1001|E1002|", "Whose it is; empty for one that several share."),
        truth("is_shared", "Several people use it, as at a kiosk.", "false|false|true"),
        *valid("2020-01-01|2021-09-15|2022-01-01", "|2022-06-30|"),
    ),
)

CONTRACTS: Final = (EMPLOYEES, EMPLOYMENT_PERIODS, LEAVE_PERIODS, ORG_UNITS, ACCOUNTS)
