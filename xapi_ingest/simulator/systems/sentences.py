"""What people write: short sentences that nobody wrote. They need no escape in JSON, XML or CSV."""

from typing import Final

import numpy as np

from xapi_ingest.simulator.names import TOPICS

_ASKED: Final = (
    "Where do I find the latest on {}?", "Who can help with {}?", "What do others do about {}?",
    "Is there a checklist for {}?", "How did your team start with {}?",
)  # fmt: skip
_TOLD: Final = (
    "We tried something new with {} today.", "Notes on {} are on the wiki now.",
    "Short reminder of {} for the late shift.", "Learned a trick for {} from the night team.",
    "Slides on {} are in the folder.",
)  # fmt: skip
_ANSWERED: Final = (
    "Look at the page on {}.", "For {} we begin with the easy half.", "Ask the Berlin team; {}.",
    "That worked for us with {} too.", "I can show you {} tomorrow.",
)  # fmt: skip
_SUBJECTS: Final = tuple(topic.lower() for topic in TOPICS)

QUESTIONS: Final = tuple(text.format(topic) for topic in _SUBJECTS for text in _ASKED)
NEWS: Final = tuple(text.format(topic) for topic in _SUBJECTS for text in _TOLD)
ANSWERS: Final = tuple(text.format(topic) for topic in _SUBJECTS for text in _ANSWERED)


def drawn(rng: np.random.Generator, texts: tuple[str, ...], count: int) -> list[str]:
    """So many of ``texts``, some more than once."""
    return [texts[place] for place in rng.integers(0, len(texts), size=count).tolist()]
