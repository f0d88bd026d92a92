"""One measured number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A number with its unit and what it was measured on."""

    benchmark: str
    what: str
    value: float
    unit: str
