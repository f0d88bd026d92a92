"""What the shipped mapping must make of one system's export, counted as the export is written.

The mapping says what a row becomes; a system says here what it wrote. The two are independent, so
that a fault of either shows as a difference.
"""

from collections import Counter
from typing import Any


class Tally:
    """Counts of one system's rows.

    Every row is mapped, left out or refused; a mapped row makes one statement or several.
    """

    def __init__(self) -> None:
        self.rows = 0
        self._statements: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()

    def made(self, verb: str, count: int = 1) -> None:
        """Count statements by the English name of their verb; the rows are counted apart."""
        self._statements[verb] += count

    def left_out(self, reason: str, count: int = 1) -> None:
        """Count rows that the mapping leaves out, by its own words."""
        self._left_out[reason] += count
        self.rows += count

    def refused(self, rule: str, count: int = 1) -> None:
        """Count rows that are broken on purpose, by the rule that they break."""
        self._refused[rule] += count
        self.rows += count

    @property
    def statement_count(self) -> int:
        """All statements."""
        return self._statements.total()

    def as_dict(self) -> dict[str, Any]:
        """The counts as the truth tells them; what never occurred is not named."""
        return {
            "rows": self.rows,
            "statements": _sorted(self._statements),
            "left_out": _sorted(self._left_out),
            "refused": _sorted(self._refused),
        }


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in sorted(counts) if counts[name]}
