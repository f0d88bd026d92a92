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
_LIST = re.compile(r"(?<=[a-z0-9])(?<!stg_landing)__(?=[a-z0-9])")  # staging names hold one too
_TARGET = re.compile(r"__ref_([a-z0-9_]+?)_*$")


def check_words(name: str, tables: Sequence[str]) -> str:
    """What the check of that name claims.

    Args:
        name: As the night recorded it.
        tables: Names of the tables that are known, to tell a table from its column.
    """
    claim = next((each for each in CLAIMS if name.startswith(f"{each}_")), None)
    if claim is None:
        sentence = name
        for prefix in _PREFIXES:
            sentence = sentence.removeprefix(prefix)
        return as_words(sentence)
    table, rest = _split(name.removeprefix(f"{claim}_"), tables)
    if claim == "relationships":
        target = _TARGET.search(rest)
        rest = rest.split("__")[0]
        return text(f"check.{claim}", what=_dotted(table, rest), other=target[1] if target else "?")
    parts = _LIST.split(rest)
    if claim == "unique_together":
        key = f"check.{claim}" if table else f"check.{claim}.unknown"
        return text(key, what=table, columns=_listed(parts))
    if claim == "accepted_values":
        return text(f"check.{claim}", what=_dotted(table, parts[0]), values=_listed(parts[1:]))
    return text(f"check.{claim}", what=_dotted(table, rest))


def as_words(code: str) -> str:
    """A code with spaces and a capital."""
    words = code.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _split(rest: str, tables: Sequence[str]) -> tuple[str, str]:
    """The table and what stands behind it; no table when none is known."""
    known = [table for table in tables if rest.startswith(f"{table}_")]
    table = max(known, key=len, default="")
    return table, rest.removeprefix(f"{table}_") if table else rest


def _dotted(table: str, column: str) -> str:
    return f"{table}.{column}" if table else column


def _listed(values: Sequence[str]) -> str:
    words = ", ".join(values)
    return words if len(words) <= LISTED else f"{words[:LISTED].rsplit(', ', 1)[0]}, …"
