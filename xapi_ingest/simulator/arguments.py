"""What a simulation may be asked for, and what it does when it is not told."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from xapi_ingest.errors import SettingsError

DEFAULT_END: Final = date(2026, 9, 27)  # a Sunday: the last week is whole
DEFAULT_EMPLOYEES: Final = 300
DEFAULT_WEEKS: Final = 26
DEFAULT_SEED: Final = 7
EMPLOYEES_RANGE: Final = (20, 100_000)
WEEKS_RANGE: Final = (4, 520)
SEED_RANGE: Final = (0, 2**63 - 1)
END_RANGE: Final = (date(2012, 1, 1), date(2099, 12, 31))


@dataclass(frozen=True)
class Scale:
    """A company of a known size.

    Args:
        employees: People.
        weeks: Weeks.
        intensity: How much more often everything happens than in an ordinary company.
    """

    employees: int
    weeks: int
    intensity: float = 1.0


SCALES: Final = {
    "demo": Scale(1_200, 104, 1.3),  # about 1.5 million statements
    "s": Scale(1_080, 104),  # 1 million
    "m": Scale(10_800, 104),  # 10 million
    "l": Scale(54_000, 104),  # 50 million
}
INTENSITY_RANGE: Final = (0.1, 10.0)


@dataclass(frozen=True)
class Arguments:
    """The numbers that decide every byte.

    Raises:
        SettingsError: A number is out of its range; the message names the range.
    """

    employees: int
    weeks: int
    seed: int
    end: date
    intensity: float = 1.0

    def __post_init__(self) -> None:
        _check_range("employees", self.employees, EMPLOYEES_RANGE)
        _check_range("weeks", self.weeks, WEEKS_RANGE)
        _check_range("seed", self.seed, SEED_RANGE)
        _check_range("intensity", self.intensity, INTENSITY_RANGE)
        low, high = END_RANGE
        if not low <= self.end <= high:
            raise SettingsError(f"--end must be a date between {low} and {high} (got {self.end}).")

    @property
    def sunday(self) -> date:
        """The last simulated day: the last Sunday on or before ``end``."""
        return self.end - timedelta(days=self.end.isoweekday() % 7)

    @property
    def start(self) -> date:
        """The first simulated day, a Monday."""
        return self.sunday - timedelta(weeks=self.weeks, days=-1)

    def as_dict(self) -> dict[str, Any]:
        """The arguments as JSON can hold them, with the day that was used."""
        return {
            "employees": self.employees,
            "weeks": self.weeks,
            "seed": self.seed,
            "end": str(self.sunday),
            "intensity": self.intensity,
        }


def _check_range(name: str, value: float, allowed: tuple[float, float]) -> None:
    low, high = allowed
    if not low <= value <= high:
        raise SettingsError(f"--{name} must be between {low} and {high} (got {value}).")
