"""What SCORM's data model needs of expressions: its numbered elements, its forms of a response.

``numbered`` reads both spellings of an array that LMSs keep, ``cmi.interactions_0.id`` and
``cmi.interactions.0.id``. ``response`` writes a response of SCORM 1.2 in the form of SCORM 2004,
which xAPI took over (SCORM 1.2 RTE 3.4.2.7; SCORM 2004 4th ed. RTE 4.1.1.6; xAPI Data 2.4.4.1).
"""

import re
from typing import Any, Final

from xapi_ingest.mapping.functions import Function, passing_nothing, text
from xapi_ingest.statement.response import departure_from_format

_WORDS: Final = {"t": "true", "1": "true", "true": "true"} | dict.fromkeys(
    ("f", "0", "false"), "false"
)
_LISTS: Final = frozenset({"choice", "sequencing"})
_PAIRS: Final = frozenset({"matching", "performance"})
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def numbered(elements: Any, name: str) -> list[dict[str, Any]]:
    """The records of the array ``name``, in the order of their numbers (also as ``number``)."""
    pattern = re.compile(rf"{re.escape(name)}[._](\d{{1,6}})\.(.+)")
    found: dict[int, dict[str, Any]] = {}
    for element, value in elements.items():
        match = pattern.fullmatch(element)
        if match:
            number = int(match[1])
            found.setdefault(number, {"number": number})[match[2]] = value
    return [found[number] for number in sorted(found)]


def interaction_type(value: Any) -> str:
    """The type of an interaction in the specification's words, ``other`` for what it has not."""
    written = _CAMEL.sub("-", text(value).strip()).lower()
    known = {"true-false", "choice", "fill-in", "long-fill-in", "matching", "performance"}
    return written if written in known | {"sequencing", "likert", "numeric"} else "other"


def response(value: Any, kind: str) -> str | None:
    """A response in the form of xAPI; nothing where it cannot be one of such an interaction."""
    written = text(value).strip()
    if kind == "true-false":
        written = _WORDS.get(written.lower(), written)
    elif kind in _LISTS | _PAIRS and "[" not in written:
        parts = [part.strip() for part in written.strip("{}").split(",")]
        if kind in _PAIRS:
            parts = [part.replace(".", "[.]", 1) for part in parts]
        written = "[,]".join(parts)
    return None if departure_from_format(kind, written) else written


SCORM: Final[dict[str, Function]] = {
    "numbered": passing_nothing(numbered),
    "interaction_type": lambda value: "other" if value is None else interaction_type(value),
    "response": passing_nothing(response),
}
