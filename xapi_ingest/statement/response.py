"""The formats of responses to interactions and of their correct patterns (xAPI Data 2.4.4.1)."""

import re
from typing import Final

INTERACTION_TYPES: Final = frozenset(
    {"true-false", "choice", "fill-in", "long-fill-in", "matching", "performance"}
    | {"sequencing", "likert", "numeric", "other"}
)
_BETWEEN_ITEMS: Final = "[,]"
_IN_A_PAIR: Final = "[.]"
# Parameters such as {order_matters=false} may come first; nobody validates them.
_PARAMETERS: Final = re.compile(r"(?:\{\w+=[^{}]*\})*")
_NUMBER: Final = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_NUMERIC: Final = re.compile(rf"{_NUMBER}|(?:{_NUMBER})?\[:\](?:{_NUMBER})?")


def departure_from_format(interaction_type: str, text: str) -> str | None:
    """What keeps ``text`` from being a response to such an interaction; None if nothing does."""
    text = text[len(_PARAMETERS.match(text)[0]) :]  # type: ignore[index]  # matches the empty text
    if interaction_type == "true-false":
        return None if text in {"true", "false"} else "neither true nor false"
    if interaction_type == "numeric":
        return None if _NUMERIC.fullmatch(text) else "neither a number nor a range such as 1[:]4"
    if interaction_type == "likert":
        return "more than one item" if _BETWEEN_ITEMS in text else None
    if interaction_type in {"choice", "sequencing"}:
        return _departure_from_list(text)
    if interaction_type in {"matching", "performance"}:
        return _departure_from_pairs(text, has_free_end=interaction_type == "performance")
    return None


def _departure_from_list(text: str) -> str | None:
    # Nothing chosen is a response, too.
    return "an empty item beside [,]" if text and "" in text.split(_BETWEEN_ITEMS) else None


def _departure_from_pairs(text: str, *, has_free_end: bool) -> str | None:
    for pair in text.split(_BETWEEN_ITEMS) if text else ():
        first, separator, second = pair.partition(_IN_A_PAIR)
        if not separator or not first or not (second or has_free_end):
            return "a pair without two parts around [.]"
    return None
