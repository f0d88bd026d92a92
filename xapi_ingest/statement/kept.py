"""What came of bytes that come again: kept up to a number of bytes."""

from collections.abc import Callable
from typing import Final, TypeVar

Outcome = TypeVar("Outcome")

# Longer parts seldom come twice.
_LONGEST: Final = 8_192
# What an entry takes beside its bytes and their canonical writing, at a guess.
_BESIDE: Final = 600


class Kept(dict[bytes, Outcome]):
    """``made(raw)`` for each ``raw`` that it is asked for; what raises is not kept.

    Args:
        made: A pure function.
        most_bytes: About what may be kept. Once the newer half is full, the older is given up: what
            is common has come again by then and has moved over, what came once has not.
    """

    def __init__(self, made: Callable[[bytes], Outcome], *, most_bytes: int) -> None:
        super().__init__()
        self._made = made
        self._most_bytes = most_bytes // 2
        self._bytes = 0
        self._older: dict[bytes, Outcome] = {}

    def __missing__(self, raw: bytes) -> Outcome:
        outcome = self._older.get(raw)
        if outcome is None:
            outcome = self._made(raw)
        if len(raw) <= _LONGEST:
            self._bytes += 2 * len(raw) + _BESIDE
            if self._bytes > self._most_bytes:
                self._older = dict(self)
                self.clear()
                self._bytes = 2 * len(raw) + _BESIDE
            self[raw] = outcome
        return outcome
