"""What there is to learn from: the catalogue, its versions, its skills, source domains."""

from typing import Final

from xapi_ingest.landing.contracts.contract import (
    Contract,
    Load,
    choice,
    code,
    day,
    instant,
    number,
    share,
    truth,
    whole,
)
from xapi_ingest.landing.contracts.shared import (
    IRI,
    LANGUAGE,
    activity,
    employee,
    org_unit,
    programme,
    skill,
)

_DELIVERY: Final = "BL01 BL02 BL03 BL04 BL05 X03 LS10"

CONTENT_CATALOGUE: Final = Contract(
    table="content_catalogue",
    rows="One row per item that people can learn from.",
    load=Load.SNAPSHOT,
    key=("activity_iri",),
    ordered=(("published_date", "retired_date"), ("published_date", "reviewed_date")),
    metrics=(
        f"{_DELIVERY} "
        "X01 X02 X06 X10 LS02 KS01 KS02 KS03 KS04 KS05 KS06 KS08 KS09 KS10 KS11 KS14 GP10 "
        "HB02 LM07 LM08 LM09 LM13 LM14 EF02 EF03 PE04 PE07 PE11"
    ),
    columns=(
        code(
            "activity_iri",
            "The item, as statements name it.",
            "https://lms.example.com/welding|https://wiki.example.com/seams",
            is_required=True,
            check=IRI,
        ),
        code("title", "Its title.", "Welding basics|Seams that hold", is_required=True),
        code(
            "activity_type_iri",
            "Its type, as statements name it.",
            "http://adlnet.gov/expapi/activities/course|"
            "http://id.tincanapi.com/activitytype/document",
        ),
        programme("welding-2025|", "The programme that it belongs to, if any."),
        code("programme_name", "Name of that programme.", "Welding 2025|"),
        org_unit("company|plant-1", "Unit that owns it.", name="owner_org_unit_id"),
        truth("is_offering", "People register for it: formal learning.", "true|false"),
        truth("is_mandatory", "Prescribed, by law or by the company.", "false|false"),
        truth("is_free", "At no charge to learner and unit.", "true|true"),
        whole("design_length_seconds", "Time that it is made for.", "5400|240", low=0),
        day("published_date", "Day on which it went live.", "2024-09-01|2025-01-15"),
        day("retired_date", "Last day on which it was live; empty while it is.", "|"),
        day("reviewed_date", "Day of the last review.", "2025-03-01|"),
        choice(
            "provenance",
            "How it came to be.",
            "created curated adapted external",
            "created|curated",
        ),
        code("language_code", "Its language, BCP 47.", "de|en", check=LANGUAGE, is_optional=True),
        code("licence", "Licence that it is under.", "proprietary|CC-BY-4.0", is_optional=True),
        employee("|E1002", "Who made it.", name="author_employee_id", is_optional=True),
        code("vendor_name", "Firm that it was bought from.", "|", is_optional=True),
        choice(
            "content_kind",
            "Kind, which sets how long a review holds.",
            "policy product skill other",
            "skill|product",
            is_optional=True,
        ),
        whole(
            "review_interval_days",
            "Days for which a review holds; empty: that of its kind.",
            "|180",
            low=1,
            is_optional=True,
        ),
        day(
            "approved_date",
            "Day on which its making was approved.",
            "2024-05-15|",
            is_optional=True,
        ),
        choice(
            "training_category",
            "Category of ISO 30414 disclosure.",
            "compliance leadership technical safety onboarding other",
            "technical|",
            is_optional=True,
        ),
        choice(
            "delivery_mode",
            "How it reaches people.",
            "in_person live_online self_paced",
            "in_person|self_paced",
            is_optional=True,
        ),
        truth("is_synchronous", "Everybody at the same time.", "true|false", is_optional=True),
        truth(
            "is_interactive",
            "Learners take part, rather than receive.",
            "true|false",
            is_optional=True,
        ),
        share(
            "mastery_score",
            "Scaled score from which it counts as mastered.",
            "0.8|",
            is_optional=True,
        ),
        choice(
            "assessment_use",
            "Which test of a programme it is.",
            "pre_test post_test other",
            "|",
            is_optional=True,
        ),
    ),
)

CONTENT_VERSIONS: Final = Contract(
    table="content_versions",
    rows="One row per version of an item, from draft to publication.",
    load=Load.LOG,
    key=("activity_iri", "version_label"),
    ordered=(("drafted_at", "published_at"),),
    metrics="KS02 KS06 KS07 KS13",
    columns=(
        activity(
            "https://lms.example.com/welding|https://lms.example.com/welding", is_required=True
        ),
        code("version_label", "Name of the version.", "1|2", is_required=True),
        instant(
            "drafted_at", "When work on it began.", "2024-06-01T08:00:00Z|2025-02-20T08:00:00Z"
        ),
        instant("published_at", "When it went live.", "2024-09-01T06:00:00Z|2025-03-01T06:00:00Z"),
        instant("reviewed_at", "When it was last found current.", "|2025-03-01T06:00:00Z"),
        employee("E1003|E1002", "Who edited.", name="editor_employee_id"),
        share(
            "changed_share", "Share of the content that differs from the version before.", "1|0.12"
        ),
    ),
)

CONTENT_SKILLS: Final = Contract(
    table="content_skills",
    rows="One row per item and skill that it teaches or tests.",
    load=Load.SNAPSHOT,
    key=("activity_iri", "skill_id"),
    metrics=(
        "X04 PE01 PE04 PE05 PE06 PE07 PE08 PE09 PE10 PE11 KS01 KS08 GP03 GP05 GP11 EF03 EF04 EF05"
    ),
    columns=(
        activity(
            "https://lms.example.com/welding|https://wiki.example.com/seams", is_required=True
        ),
        skill("weld-tig|weld-tig", is_required=True),
        number("level", "Level that it leads to or tests.", "2|1", low=0),
    ),
)

SOURCE_DOMAINS: Final = Contract(
    table="source_domains",
    rows="One row per host name in activity ids and account home pages that is known.",
    load=Load.SNAPSHOT,
    key=("domain",),
    metrics="X10 KS05",
    columns=(
        code(
            "domain",
            "Host name, as in activity ids.",
            "lms.example.com|academy.example.org",
            is_required=True,
        ),
        truth("is_external", "Outside the company.", "false|true", is_required=True),
        code("owner_name", "Whose it is.", "Example Group|Example Academy"),
    ),
)

CONTRACTS: Final = (CONTENT_CATALOGUE, CONTENT_VERSIONS, CONTENT_SKILLS, SOURCE_DOMAINS)
