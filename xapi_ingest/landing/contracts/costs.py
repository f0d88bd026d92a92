"""What learning costs: the ledger, pay by role family, rates of exchange."""

from typing import Final

from xapi_ingest.landing.contracts.contract import (
    Contract,
    Load,
    choice,
    code,
    day,
    money,
    number,
    share,
    truth,
)
from xapi_ingest.landing.contracts.shared import (
    COUNTRY,
    activity,
    currency,
    org_unit,
    price_year,
    programme,
    valid,
)

COST_LEDGER: Final = Contract(
    table="cost_ledger",
    rows="One row per cost of learning, planned or booked.",
    load=Load.LOG,
    key=("cost_line_id",),
    metrics="LM10 LM11 EF07 EF14 RO02 RO03 RO04 RO05 RO06 RO07 RO08 RO09",
    columns=(
        code("cost_line_id", "Id of the line in the ledger.", "GL-1|GL-2|GL-3", is_required=True),
        choice("kind", "Planned or booked.", "plan actual", "actual|actual|plan", is_required=True),
        day(
            "incurred_date",
            "Day to which it belongs.",
            "2025-05-31|2025-06-30|2025-09-30",
            is_required=True,
        ),
        choice(
            "category",
            "What it was for, as Phillips divides costs.",
            "analysis design_dev acquisition delivery facilitator participant_time travel "
            "technology support_overhead evaluation incentives",
            "delivery|technology|travel",
            is_required=True,
        ),
        choice(
            "origin",
            "Paid to others, or work of one's own.",
            "external internal",
            "external|external|internal",
            is_required=True,
        ),
        truth(
            "is_direct_iso",
            "Direct cost as ISO 30414 discloses it: fees, material, rooms.",
            "true|false|false",
            is_required=True,
        ),
        money(
            "cost_amount", "The cost; negative for a credit.", "12500|4300.50|900", is_required=True
        ),
        currency("EUR|EUR|EUR", is_required=True),
        price_year("2025|2025|2025", is_required=True),
        programme("welding-2025||"),
        activity("https://lms.example.com/welding||", "The item that it was for, if one."),
        org_unit("plant-1|company|company", "Unit that bears it."),
        share(
            "prorate_share",
            "Share of the line that counts, as of a design used for years; empty counts as 1.",
            "1||",
        ),
        code("supplier_name", "Who was paid.", "Example Academy||", is_optional=True),
    ),
)

PAY_RATES: Final = Contract(
    table="pay_rates",
    rows="One row per role family, country and span of time. Nobody's own pay is wanted.",
    load=Load.SNAPSHOT,
    key=("role_family", "country_code", "valid_from"),
    ordered=(("valid_from", "valid_to"),),
    metrics="RO02 RO06 RO07 RO08 EF14",
    columns=(
        code("role_family", "Family of roles.", "operators|sales", is_required=True),
        code("country_code", "Country, ISO 3166.", "DE|DE", check=COUNTRY, is_required=True),
        *valid("2025-04-01|2025-04-01", "|"),
        money(
            "loaded_hourly_amount",
            "Mean cost of an hour, with benefits and dues.",
            "41.5|58",
            is_required=True,
            low=0,
        ),
        money("annual_pay_amount", "Mean pay of a year, full time.", "47000|68000", low=0),
        currency("EUR|EUR", is_required=True),
        price_year("2025|2025", is_required=True),
    ),
)

EXCHANGE_RATES: Final = Contract(
    table="exchange_rates",
    rows="One row per pair of currencies and span of time.",
    load=Load.SNAPSHOT,
    key=("currency_code", "reporting_currency_code", "valid_from"),
    ordered=(("valid_from", "valid_to"),),
    metrics="LM10 RO01 RO02",
    columns=(
        currency("JPY", is_required=True),
        code(
            "reporting_currency_code", "Currency of the reports, ISO 4217.", "EUR", is_required=True
        ),
        *valid("2025-04-01", "2026-03-31"),
        number(
            "rate",
            "Amount in the currency of the reports for one unit.",
            "0.0061",
            is_required=True,
            low=0,
        ),
    ),
)

CONTRACTS: Final = (COST_LEDGER, PAY_RATES, EXCHANGE_RATES)
