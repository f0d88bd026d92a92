"""What a person may write as the night's clock."""

from datetime import datetime

import pytest

from pipelines.lib.clock import as_of_from_text
from xapi_ingest.errors import RunError


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-09-27", "2026-09-27T23:59:59"),
        ("2026-09-27T06:30", "2026-09-27T06:30:00"),
        ("2026-09-27T06:30:00Z", "2026-09-27T06:30:00"),
        ("2026-09-27T06:30:00+02:00", "2026-09-27T04:30:00"),
    ],
)
def test_a_date_means_the_whole_day_and_an_offset_is_taken_off(text, instant):
    assert as_of_from_text(text) == datetime.fromisoformat(instant)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "27.09.2026"])
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(RunError, match="2026-01-31"):
        as_of_from_text(text)
