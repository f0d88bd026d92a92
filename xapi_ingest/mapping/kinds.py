"""What a mapping can object to in a row, kind by kind, as sentences that quote nothing of it.

The rule id of a kind is ``mapping.<kind>``. A test holds that every kind that is raised is here.
"""

from typing import Final, NamedTuple

PREFIX: Final = "mapping."


class Kind(NamedTuple):
    """One kind of objection: what is demanded of a row, and what to do where it is not met."""

    sentence: str
    remedy: str


KINDS: Final[dict[str, Kind]] = {
    "document": Kind(
        "The table can be read to its end.", "Fetch the file again, or correct what writes it."
    ),
    "row_shape": Kind(
        "A row has a cell for each column of the header.",
        "Look for a quotation mark that is not closed, or a separator inside a cell.",
    ),
    "encoding": Kind(
        "Every cell is text in the file's encoding.",
        "Export the file as UTF-8, or set encoding under input.",
    ),
    "no_statement": Kind(
        "A row makes a statement, or the mapping says why it makes none.",
        "Add a statement for such rows, or say under skip or otherwise why that is in order.",
    ),
    "key": Kind(
        "Every part of the natural key is filled.",
        "Choose other columns for the key, or correct the row.",
    ),
    "nothing": Kind(
        "A row fills the actor, the verb and the object of its statement.",
        "Fill the column, give a default, or leave such rows out with skip.",
    ),
    "actor": Kind(
        "A row says who it was.",
        "Fill the column that names the person, or leave such rows out with skip.",
    ),
    "time": Kind(
        "A time is written in a form that the mapping names.",
        "Add the form under date_formats, or correct the row.",
    ),
    "length": Kind(
        "A length of time is written like 1h 2m 3s or 01:02:03 and is not below nothing.",
        "Write it so, or correct the row.",
    ),
    "number": Kind(
        "A number is written with the mapping's decimal mark and within bounds.",
        "Set decimal in the mapping, or correct the row.",
    ),
    "boolean": Kind("Yes or no is written in a word for it.", "Use a look-up."),
    "address": Kind("An e-mail address has the form of one.", "Correct the row."),
    "lookup": Kind(
        "A value that is looked up stands in the mapping's table.",
        "Add it under tables, or give lookup() a default.",
    ),
    "text": Kind(
        "A text is one value of bounded length, not a list or a record.",
        "Take one item of it, or shorten it with left().",
    ),
    "item": Kind("Items are taken of lists and records only.", "Make a list of it with split()."),
    "json": Kind(
        "A text that holds a record holds it as whole JSON.",
        "It may have been cut off: look at the row's source.",
    ),
    "expression": Kind(
        "Every expression can be worked out for the row.",
        "Test the value before it is used: … if column is not none.",
    ),
    "statement": Kind(
        "What a row makes can be written as JSON.", "Look for numbers out of all bounds."
    ),
}
