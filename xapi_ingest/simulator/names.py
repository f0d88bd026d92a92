"""Names of people who do not exist, and the words that organisation and content are named by."""

from typing import Final

# (as written, as in an address)
JAPANESE_FAMILY: Final = (
    ("佐藤", "sato"), ("鈴木", "suzuki"), ("高橋", "takahashi"), ("田中", "tanaka"),
    ("伊藤", "ito"), ("渡辺", "watanabe"), ("山本", "yamamoto"), ("中村", "nakamura"),
    ("小林", "kobayashi"), ("加藤", "kato"), ("吉田", "yoshida"), ("山田", "yamada"),
    ("松本", "matsumoto"), ("井上", "inoue"), ("木村", "kimura"), ("清水", "shimizu"),
    ("森", "mori"), ("池田", "ikeda"), ("石川", "ishikawa"), ("前田", "maeda"),
)  # fmt: skip
JAPANESE_GIVEN: Final = (
    ("健", "ken"), ("大輔", "daisuke"), ("翔太", "shota"), ("直樹", "naoki"), ("誠", "makoto"),
    ("拓也", "takuya"), ("陽子", "yoko"), ("美咲", "misaki"), ("恵子", "keiko"), ("彩", "aya"),
    ("真由美", "mayumi"), ("愛", "ai"), ("優子", "yuko"), ("蓮", "ren"), ("葵", "aoi"),
    ("結衣", "yui"), ("智子", "tomoko"), ("隆", "takashi"), ("亮", "ryo"), ("楓", "kaede"),
)  # fmt: skip
ENGLISH_FAMILY: Final = (
    "Adams", "Baker", "Carter", "Dawson", "Ellis", "Fisher", "Grant", "Hayes", "Irving", "Jensen",
    "Keller", "Lambert", "Mason", "Norris", "Owens", "Parker", "Quinn", "Reyes", "Silva", "Turner",
    "Underwood", "Vargas", "Weber", "Young", "Ziegler", "Costa", "Schmidt", "Moreno",
)  # fmt: skip
ENGLISH_GIVEN: Final = (
    "Alice", "Ben", "Clara", "David", "Emma", "Felix", "Grace", "Henry", "Iris", "Jack", "Karen",
    "Leo", "Maria", "Nora", "Oscar", "Paula", "Rafael", "Sofia", "Thomas", "Uma", "Victor",
    "Wendy", "Xavier", "Yvonne", "Zoe", "Bruno", "Lukas", "Helena",
)  # fmt: skip

# (location, IANA zone, share of the people)
LOCATIONS: Final = (
    ("Tokyo", "Asia/Tokyo", 0.45),
    ("Berlin", "Europe/Berlin", 0.20),
    ("Sao Paulo", "America/Sao_Paulo", 0.15),
    ("Chicago", "America/Chicago", 0.20),
)
# division → departments as (name, role family, works on the front line)
DIVISIONS: Final = (
    (
        "Manufacturing",
        (
            ("Assembly", "Production", True),
            ("Quality", "Quality", False),
            ("Supply", "Logistics", True),
        ),
    ),
    (
        "Services",
        (
            ("Field Service", "Service", True),
            ("Customer Care", "Service", True),
            ("Sales", "Sales", False),
        ),
    ),
    (
        "Corporate",
        (
            ("Technology", "Engineering", False),
            ("People and Finance", "Business", False),
        ),
    ),
)

TOPICS: Final = (
    "Machine safety", "Customer dialogue", "Data basics", "Root causes", "Project planning",
    "Information security", "Presenting", "Lean methods", "Contracts", "Coaching", "Spreadsheets",
    "Handover", "Complaints", "Energy saving", "Maintenance", "Negotiation", "Onboarding",
    "Feedback", "Estimating", "Privacy", "Writing clearly", "Forklift checks", "Error codes",
    "Shift leading", "Automation", "Pricing", "Supplier audits", "Travel", "Batteries",
    "Hydraulics",
)  # fmt: skip
PROGRAMMES: Final = (
    ("safety-2026", "Safe at Work", True),
    ("lead-first", "First-line Leadership", False),
    ("data-fluent", "Data Fluency", False),
    ("customer-first", "Customer First", False),
)
# the courses of each programme, in the order of PROGRAMMES
COURSES: Final = (
    (
        "Working safely", "Fire and first aid", "Information security", "Privacy at work",
        "Machine guards", "Lifting and carrying",
    ),
    (
        "Your first team", "Feedback that helps", "Planning a shift", "Hard conversations",
        "Delegating", "Coaching on the job",
    ),
    (
        "Reading charts", "Spreadsheets that last", "Asking good questions of data",
        "Averages and what they hide", "From report to decision", "Data quality",
    ),
    (
        "Listening to customers", "Complaints as gifts", "Quotes and contracts",
        "Writing clearly", "After the sale", "Visits that matter",
    ),
)  # fmt: skip
SPACES: Final = ("Announcements", "Ask anything", "Shop floor", "Customer cases", "Data corner")
QUERIES: Final = (
    "error code", "reset sensor", "refund rule", "travel claim", "torque table", "pivot table",
    "price list", "handover template", "battery storage", "vpn setup", "warranty period",
    "spare part number", "leave request", "contract clause", "hydraulic leak",
)  # fmt: skip
