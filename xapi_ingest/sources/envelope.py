"""Where the array of ``{"statements": […]}`` begins, in a part of the object that is at hand."""

import re
from enum import Enum, auto
from typing import Final

_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}:]|"', re.DOTALL)
_BEHIND_KEY: Final = re.compile(rb"\s*:\s*(\[)?")

_STEPS: Final = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}


class Finding(Enum):
    """What the part at hand shows."""

    ARRAY = auto()  # the array of statements begins before the place given
    END = auto()  # the object ends before the place given, without another such array
    UNKNOWN = auto()  # more of the object is needed


def find_statements(head: bytes, *, depth: int) -> tuple[Finding, int]:
    """Look for the key ``statements`` of the outermost object and an array behind it.

    Args:
        head: The object from its beginning, or from somewhere between its values.
        depth: Brackets that are open where ``head`` begins: 0 or 1.
    """
    for token in _TOKEN.finditer(head):
        text = token[0]
        if text == b'"':
            break
        if text == b'"statements"' and depth == 1:
            behind = _BEHIND_KEY.match(head, token.end())
            if behind and behind[1]:
                return Finding.ARRAY, behind.end()
            if head[token.end() :].strip() in {b"", b":"}:
                break
        depth += _STEPS.get(text, 0)
        if depth == 0 and text in _STEPS:
            return Finding.END, token.end()
    return Finding.UNKNOWN, 0
