"""What a mapping can object to in a row, kind by kind, as sentences that quote nothing of it.

The rule id of a kind is ``mapping.<kind>``. A test holds that every kind that is raised is here.
"""

from typing import Final, NamedTuple

PREFIX: Final = "mapping."


class Kind(NamedTuple):
    """One kind of objection: what is demanded of a row, and what to do where it is not met.

    ``wrong`` and ``right`` are an example of a cell, a row or a line of a mapping.
    """

    sentence: str
    remedy: str
    wrong: str
    right: str


KINDS: Final[dict[str, Kind]] = {
    "document": Kind(
        "The table can be read to its end.",
        "Fetch the file again, or correct what writes it.",
        '{"rows": [{"a": 1}, {"a"',
        '{"rows": [{"a": 1}, {"a": 2}]}',
    ),
    "row_shape": Kind(
        "A row has a cell for each column of the header.",
        "Look for a quotation mark that is not closed, or a separator inside a cell.",
        "name,score ↵ Ladders, safely,7",
        'name,score ↵ "Ladders, safely",7',
    ),
    "encoding": Kind(
        "Every cell is text in the file's encoding.",
        "Export the file as UTF-8, or set encoding under input.",
        "M\\xfcller (the byte FC, of Latin 1, in a file read as UTF-8)",
        "Müller in a file of UTF-8",
    ),
    "no_statement": Kind(
        "A row makes a statement, or the mapping says why it makes none.",
        "Add a statement for such rows, or say under skip or otherwise why that is in order.",
        'when: status == "done" alone, and a row whose status is open',
        "otherwise: the ticket is not done yet",
    ),
    "key": Kind(
        "Every part of the natural key is filled.",
        "Choose other columns for the key, or correct the row.",
        "key: [email, course], and a row without a course",
        "key: [email, course], and a row with both",
    ),
    "nothing": Kind(
        "A row fills the actor, the verb and the object of its statement.",
        "Fill the column, give a default, or leave such rows out with skip.",
        "object: {id: =link}, and a row without a link",
        "object: {id: =link}, and a row with one",
    ),
    "actor": Kind(
        "A row says who it was.",
        "Fill the column that names the person, or leave such rows out with skip.",
        "actor: =person(email, site), and a row without an e-mail address",
        "a row with one, or skip: {when: email is none, because: …}",
    ),
    "time": Kind(
        "A time is written in a form that the mapping names.",
        "Add the form under date_formats, or correct the row.",
        "31.02.2026",
        "2026-03-01T09:30:00Z, or 01.03.2026 with date_formats: ['%d.%m.%Y']",
    ),
    "length": Kind(
        "A length of time is written like 1h 2m 3s or 01:02:03 and is not below nothing.",
        "Write it so, or correct the row.",
        "about an hour",
        "1h 2m 3s",
    ),
    "number": Kind(
        "A number is written with the mapping's decimal mark and within bounds.",
        "Set decimal in the mapping, or correct the row.",
        "7 of 10",
        "7.5, or 7,5 with decimal: ','",
    ),
    "boolean": Kind(
        "Yes or no is written in a word for it.",
        "Use a look-up.",
        "perhaps",
        "yes",
    ),
    "address": Kind(
        "An e-mail address has the form of one.",
        "Correct the row.",
        "ann at example.org",
        "ann@example.org",
    ),
    "lookup": Kind(
        "A value that is looked up stands in the mapping's table.",
        "Add it under tables, or give lookup() a default.",
        "=lookup(status, 'verbs') of a status that tables: verbs does not list",
        "the status added under tables: verbs",
    ),
    "text": Kind(
        "A text is one value of bounded length, not a list or a record.",
        "Take one item of it, or shorten it with left().",
        "=left(tags, 10) where tags is a list",
        "=left(join(tags), 10)",
    ),
    "item": Kind(
        "Items are taken of lists and records only.",
        "Make a list of it with split().",
        "each: =owner, where owner is a text",
        "each: =split(owner)",
    ),
    "json": Kind(
        "A text that holds a record holds it as whole JSON.",
        "It may have been cut off: look at the row's source.",
        '{"a": 1',
        '{"a": 1}',
    ),
    "expression": Kind(
        "Every expression can be worked out for the row.",
        "Test the value before it is used: … if column is not none.",
        "=score / most where most is empty",
        "=score / most if most is not none",
    ),
    "statement": Kind(
        "What a row makes can be written as JSON.",
        "Look for numbers out of all bounds.",
        "raw: =points * 1e300 * 1e300",
        "raw: =points",
    ),
}
