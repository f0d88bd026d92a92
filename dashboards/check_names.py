"""What a check claims, in words: the name of a dbt test or a landing check taken apart.

A name is the claim, then the table, the column, and what the claim needs. Names that follow no
such pattern are sentences already and are only given spaces.
"""

import re
from collections.abc import Sequence

from dashboards.strings.catalogue import text

LISTED = 48  # letters of a list of values before it is cut
# The longest first: `unique` begins `unique_together` too.
CLAIMS = (
    "unique_together",
    "accepted_values",
    "relationships",
    "non_negative",
    "not_null",
    "unique",
)
_PREFIXES = ("assert_", "landing_")
_TARGET = re.compile(r"__ref_([a-z0-9_]+?)_*$")


def check_words(name: str, table: str | None, column: str | None) -> str:
    """What the check of that name claims.

    Args:
        name: As the night recorded it.
        table: The table that it is about; None if there is more than one.
        column: Its columns, set apart by commas; None if it is about whole rows.
    """
    claim = next((each for each in CLAIMS if name.startswith(f"{each}_")), None)
    if claim is None or table is None:
        sentence = name
        for prefix in _PREFIXES:
            sentence = sentence.removeprefix(prefix)
        return as_words(sentence)
    if claim == "unique_together":
        return text(f"check.{claim}", what=table, columns=_listed((column or "").split(", ")))
    what = f"{table}.{column}" if column else table
    rest = name.removeprefix(f"{claim}_{table}_").removeprefix(column or "")
    if claim == "relationships":
        target = _TARGET.search(rest)
        return text(f"check.{claim}", what=what, other=target[1] if target else "?")
    if claim == "accepted_values":
        return text(f"check.{claim}", what=what, values=_listed(rest.strip("_").split("__")))
    return text(f"check.{claim}", what=what)


def as_words(code: str) -> str:
    """A code with spaces and a capital."""
    words = code.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _listed(values: Sequence[str]) -> str:
    words = ", ".join(values)
    return words if len(words) <= LISTED else f"{words[:LISTED].rsplit(', ', 1)[0]}, …"
