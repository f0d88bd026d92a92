"""Who answers whom: messages of a week in the order of time, some of them replies."""

from typing import Final

import numpy as np

from xapi_ingest.simulator.moments import Bools, Ints

LATEST: Final = 4  # roots of a space that people still look at


def answered(rng: np.random.Generator, space: Ints, may_answer: Bools) -> Ints:
    """The place of the root that each message answers; −1 where it is a root itself.

    Args:
        rng: Draws which of the latest roots of the same space is answered.
        space: Of each message, in the order of time.
        may_answer: Which messages answer, if there is anything to answer.
    """
    found = np.full(len(space), -1)
    back = rng.integers(0, LATEST, size=len(space))
    for each in np.unique(space).tolist():
        here = np.flatnonzero(space == each)
        answers = may_answer[here].copy()
        answers[:1] = False  # the first of a space has nothing before it
        roots, replies = here[~answers], here[answers]
        earlier = np.searchsorted(roots, replies)  # roots before each reply: at least one
        found[replies] = roots[np.maximum(earlier - 1 - back[replies], 0)]
    return found
