"""What a rule is: an id, a clause, a remedy, and a function that finds where it is broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from xapi_ingest.statement.problems import Problem, pointer_to
from xapi_ingest.statement.rules.places import Steps

# Where, and what is wrong there.
Finding = tuple[Steps, str]
Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """One requirement on a statement: on its bytes, or on its parts.

    Attributes:
        rule_id: Name of the function that looks for breaches.
        clause: Where the specification says so.
        summary: The requirement as a sentence.
        remedy: What the sender can do.
        find: Gives each breach. It never raises, whatever the statement holds.
    """

    rule_id: str
    clause: str
    summary: str
    remedy: str
    find: Callable[[Subject], Iterator[Finding]]

    def problems(self, subject: Subject) -> Iterator[Problem]:
        """Each breach of the rule as a problem."""
        for steps, message in self.find(subject):
            yield Problem(pointer_to(*steps), self.rule_id, self.clause, message, self.remedy)


def rule(
    clause: str, *, remedy: str
) -> Callable[[Callable[[Subject], Iterator[Finding]]], Rule[Subject]]:
    """Make a rule of a function: its name is the id, its docstring the summary."""

    def made(find: Callable[[Subject], Iterator[Finding]]) -> Rule[Subject]:
        summary = " ".join((find.__doc__ or "").split("\n\n", maxsplit=1)[0].split())
        return Rule(find.__name__, clause, summary, remedy, find)

    return made
