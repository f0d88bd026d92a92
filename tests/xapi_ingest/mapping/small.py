"""A small mapping to vary, and rows through it."""

import orjson

from xapi_ingest.mapping.load import mapping_from_text
from xapi_ingest.mapping.run import map_rows

TEXT = """\
mapping: small
title: A small table
source: small
checked_against: nothing
input: {format: csv}
columns:
  email: Email
  course: Course
  done: {from: Done, optional: true}
  note: {from: Note, optional: true}
statements:
  - name: completed
    key: [email, course]
    statement:
      actor: =person(email, 'https://acme.example')
      verb: {id: http://adlnet.gov/expapi/verbs/completed}
      object: {id: "=iri('https://acme.example', course)"}
      timestamp: =instant(done)
      result: {response: =note}
"""
ROW = {"Email": "ann@acme.example", "Course": "C1", "Done": "2024-05-06T07:00:00Z"}


def small(old: str = "", new: str = "", *, text: str = TEXT):
    """The small mapping with ``old`` replaced."""
    assert old in text
    return mapping_from_text(text.replace(old, new), "small.yaml")


def one(mapping, **cells):
    """What becomes of one row."""
    (row,) = map_rows(mapping, [{**ROW, **cells}])
    return row


def worked_out(expression: str, **cells):
    """The value of an expression, by way of a statement's response."""
    row = one(small("{response: =note}", f"{{extensions: {{x: {expression!r}}}}}"), **cells)
    assert not row.problems, row.problems
    return orjson.loads(row.statements[0]).get("result", {}).get("extensions", {}).get("x")


def refused(expression: str, **cells):
    """Rule and message of the one objection to an expression."""
    row = one(small("{response: =note}", f"{{extensions: {{x: {expression!r}}}}}"), **cells)
    (problem,) = row.problems
    return problem
