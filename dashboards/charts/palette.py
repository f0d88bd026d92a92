"""The colours of the charts, for a light and a dark page. Contrast is proven by a test.

Text reaches 4.5:1 and graphics 3:1 on the page; ``on_fill`` reaches 4.5:1 on every fill that
carries words.
"""

from dataclasses import dataclass
from typing import Literal

ThemeType = Literal["light", "dark"]


@dataclass(frozen=True)
class Palette:
    """One page colour and everything that is drawn on it."""

    page: str
    text: str
    text_muted: str
    rule: str
    actual: str
    actual_soft: str
    formal: str
    social: str
    experiential: str
    unknown: str
    alert: str
    on_fill: str

    @property
    def modes(self) -> dict[str, str]:
        """Colour of each learning mode."""
        return {
            "formal": self.formal,
            "social": self.social,
            "experiential": self.experiential,
            "unknown": self.unknown,
        }


LIGHT = Palette(
    page="#ffffff",
    text="#0c1218",
    text_muted="#55636f",
    rule="#d5dce2",
    actual="#35526e",
    actual_soft="#7f95a9",
    formal="#274c8e",
    social="#b8560f",
    experiential="#0f7a70",
    unknown="#66737f",
    alert="#b3261e",
    on_fill="#ffffff",
)
DARK = Palette(
    page="#10161d",
    text="#e9eef3",
    text_muted="#a9b6c2",
    rule="#33414f",
    actual="#a4bdd6",
    actual_soft="#6f8aa5",
    formal="#86adf2",
    social="#f0a35e",
    experiential="#53c9ba",
    unknown="#97a4b0",
    alert="#ff9b93",
    on_fill="#10161d",
)


def palette_of(theme: ThemeType) -> Palette:
    """The colours for that page."""
    return DARK if theme == "dark" else LIGHT
