"""Why something is put aside, in constant words: all that may be printed or published of it.

A problem may quote the sender, and with that a person; it stays with the rejected row in the
landing. Everywhere else stands its rule's own sentence, from here. The seed ``ref_rules`` is this
list for the models; a test holds the two equal.
"""

from typing import Final, NamedTuple

from xapi_ingest.mapping.kinds import KINDS, PREFIX
from xapi_ingest.statement.problems import Problem
from xapi_ingest.statement.rules import RULES
from xapi_ingest.statement.rules.document import DOCUMENT_RULES


class Reason(NamedTuple):
    """One rule, whatever it looks at: a statement, a row of a table, a file.

    Attributes:
        rule_id: Its name, the same everywhere.
        sentence: What it demands.
        clause: Where that is written.
        remedy: What the sender can do.
    """

    rule_id: str
    sentence: str
    clause: str
    remedy: str

    def problem(self, message: str) -> Problem:
        """A breach of the rule by the whole of an item."""
        return Problem("", self.rule_id, self.clause, message, self.remedy)


FILE_IS_WHOLE: Final = Reason(
    "file_is_whole",
    "A file goes on to its end: nothing of it is cut off or damaged.",
    "RFC 8259 2",
    "Export or copy the file again; what came before has landed and will not land twice.",
)
STATEMENT_FITS_THE_LIMIT: Final = Reason(
    "statement_fits_the_limit",
    "A statement ends within the limit of its size.",
    "RFC 8259 9",
    "Check that the export has one statement a line; TILTH_MAX_STATEMENT_BYTES raises the limit.",
)

REASONS: Final[dict[str, Reason]] = {
    reason.rule_id: reason
    for reason in (
        FILE_IS_WHOLE,
        STATEMENT_FITS_THE_LIMIT,
        *(Reason(one.rule_id, one.summary, one.clause, one.remedy) for one in DOCUMENT_RULES),
        *(Reason(one.rule_id, one.summary, one.clause, one.remedy) for one in RULES),
        *(
            Reason(f"{PREFIX}{kind}", told.sentence, "the mapping", told.remedy)
            for kind, told in KINDS.items()
        ),
    )
}


def reason_of(rule_id: str) -> Reason:
    """The rule's own words; of a rule that this version does not have, that it is unknown."""
    unknown = Reason(
        rule_id,
        "This version has no rule of that name.",
        "",
        "`tilth quarantine replay` holds what it refused to the rules of now.",
    )
    return REASONS.get(rule_id, unknown)
