"""Language tags (RFC 5646): well-formed or not. Whether a language exists is not looked up."""

import re
from functools import lru_cache
from typing import Final

_TAG: Final = re.compile(
    r"""
    (?:
        (?: [a-z]{2,3} (?:-[a-z]{3}){0,3} | [a-z]{4,8} )      # language, extended language
        (?: -[a-z]{4} )?                                       # script
        (?: -(?:[a-z]{2}|[0-9]{3}) )?                          # region
        (?: -(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}) )*             # variants
        (?: -[a-wy-z0-9] (?:-[a-z0-9]{2,8})+ )*                # extensions
        (?: -x (?:-[a-z0-9]{1,8})+ )?                          # private use
      | x (?:-[a-z0-9]{1,8})+
      | en-gb-oed | i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
      | sgn-(?:be-fr|be-nl|ch-de)
    )
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


@lru_cache(maxsize=1024)
def is_language_tag(text: str) -> bool:
    """Whether the subtags of ``text`` have the lengths and the order of RFC 5646."""
    return _TAG.fullmatch(text) is not None
