"""What the checks of a night said, kept beside it until the publish step takes it along.

One file a part of the night, so that a part that is run again alone replaces only its own.
"""

from datetime import datetime

import msgspec

from xapi_ingest.landing.files import replacing
from xapi_ingest.settings import Settings


class CheckOutcome(msgspec.Struct, kw_only=True):
    """One check, and what it is about.

    ``table_name`` is empty where a check is about more than one table, ``column_name`` where it is
    about whole rows; several columns are set apart by commas. ``status`` is passed, warned, failed
    or skipped; ``severity`` error or warn.
    """

    check_name: str
    layer: str
    table_name: str = ""
    column_name: str = ""
    status: str
    severity: str
    failures: int
    message: str
    checked_at: datetime


def write_outcomes(settings: Settings, part: str, outcomes: list[CheckOutcome]) -> None:
    """Replace what the last ``part`` of a night said."""
    with replacing(settings.state / "checks" / f"{part}.json") as beside:
        beside.write_bytes(msgspec.json.encode(outcomes))


def read_outcomes(settings: Settings) -> list[CheckOutcome]:
    """The last outcome of every check."""
    files = sorted((settings.state / "checks").glob("*.json"))
    return [
        outcome
        for path in files
        for outcome in msgspec.json.decode(path.read_bytes(), type=list[CheckOutcome])
    ]


def clear_outcomes(settings: Settings) -> None:
    """Forget the last night's, so that no check of a removed part lives on."""
    for path in (settings.state / "checks").glob("*.json"):
        path.unlink()
