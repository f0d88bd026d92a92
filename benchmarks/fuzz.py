"""Mutated statements and files against the parser: never a crash, and both paths always agree.

Statements: the golden files, real samples where they are at hand, and varied made-up ones, changed
in one to four places or damaged byte by byte. Files: the same as NDJSON, arrays, gzip, cut off and
damaged; some are ingested, too, which must reject what validation says. A crash or a disagreement
ends the run with the bytes that caused it.
"""

import gzip
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.figure import Figure
from benchmarks.statements import statements
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.landing.validate import validate_files
from xapi_ingest.settings import load_settings
from xapi_ingest.statement.parse import ParsedStatement, parse_statement, validate_statement
from xapi_ingest.statement.rules import rejections

STATEMENTS = 100_000
FILES = 2_000
DAMAGED = 0.2
ROOT = Path(__file__).parents[1]
WORDS = (
    *("Agent", "Group", "StatementRef", "SubStatement", "Activity", "PT5S", "P1Y", "a:b", "", "en"),
    *("http://adlnet.gov/expapi/verbs/voided", "mailto:a@b.c", "2026-03-01T10:00:00Z", "x y", "%z"),
    *("6690e6c9-3ef0-4ed3-8b37-7f3964730bee", "1.0.0", "true", "numeric", "a[.]b[,]c", "\u0000"),
)
NAMES = ("id", "ID", "objectType", "objecttype", "member", "mbox", "account", "object", "x", "")
VALUES = (None, True, 0, -1, 1.5, 1e308, 2**70, [], {}, [None], {"": None})


def measure(scale: float) -> list[Figure]:
    """Throw everything; the counts are the figures."""
    chance = random.Random(11)
    bases = sources()
    counts: Counter[str] = Counter()
    began = perf_counter()
    for number in range(int(STATEMENTS * scale)):
        raw = json.dumps(mutated(chance, chance.choice(bases))).encode()
        counts[judged(damaged(chance, raw) if chance.random() < DAMAGED else raw, number)] += 1
    with tempfile.TemporaryDirectory() as folder:
        for number in range(int(FILES * scale)):
            counts[file_judged(chance, bases, Path(folder), number)] += 1
    counts["seconds"] = round(perf_counter() - began)
    return [Figure("fuzz", what, value, "count") for what, value in sorted(counts.items())]


def judged(raw: bytes, number: int) -> str:
    """What became of one statement.

    Raises:
        AssertionError: The typed path and the rules disagree; or whatever the parser raised.
    """
    try:
        parsed = parse_statement(raw, "fuzz")
        objections = rejections(raw)
        is_accepted = isinstance(parsed, ParsedStatement)
        assert is_accepted == (not objections), objections  # noqa: S101  (what is measured)
        if number % 10:
            return "statements accepted" if is_accepted else "statements rejected"
        problems = [validate_statement(raw, version=version) for version in ("1.0.3", "2.0.0")]
        assert is_accepted or all(problems), problems  # noqa: S101
    except Exception:
        print(raw)
        raise
    return "statements accepted" if is_accepted else "statements rejected"


def file_judged(chance: random.Random, bases: list[Any], folder: Path, number: int) -> str:
    """What became of one file of a few statements."""
    chosen = [chance.choice(bases) for _ in range(chance.randrange(6))]
    texts = [
        json.dumps(mutated(chance, one) if chance.random() < DAMAGED else one) for one in chosen
    ]
    form = chance.choice(("lines", "array", "envelope", "bare"))
    text = {
        "lines": "\n".join(texts),
        "array": f"[{','.join(texts)}]",
        "envelope": f'{{"statements":[{",".join(texts)}],"more":""}}',
        "bare": " ".join(texts),
    }[form].encode()
    if chance.random() < DAMAGED:
        text = damaged(chance, text)
    if chance.random() < DAMAGED:
        text = text[: chance.randrange(len(text) + 1)]
    suffix = ".ndjson" if form == "lines" else ".json"
    if chance.random() < DAMAGED:
        text, suffix = gzip.compress(text, mtime=0), suffix + ".gz"
        text = damaged(chance, text) if chance.random() < DAMAGED else text
    path = folder / f"{number % 10}{suffix}"
    path.write_bytes(text)
    settings = load_settings(home=folder / "home")
    report = validate_files([path], settings=settings)
    if number % 5 == 0:
        landed = ingest_paths([path], settings=settings, source=f"fuzz-{number}")
        (validated,), counts = report.files, (landed.read_count, landed.rejected_count)
        # What cannot be read at all lands nothing.
        expected = (validated.statement_count, validated.rejected_count)
        assert counts == ((0, 0) if validated.failure else expected), path.read_bytes()  # noqa: S101
    return ("files in order", "files with problems", "files unreadable")[report.exit_code]


def sources() -> list[Any]:
    """Statements to start from."""
    golden = ROOT / "tests" / "xapi_ingest" / "statement"
    found = list(islice(statements(200), 200))
    for path in sorted(golden.glob("*valid/*.json")):
        try:
            found.append(json.loads(path.read_bytes()))
        except ValueError:
            continue
    for path in sorted((ROOT.parent / "shared" / "xapi-samples").glob("*.ndjson")):
        found += [json.loads(line) for line in path.read_bytes().splitlines() if line.strip()]
    return found


def mutated(chance: random.Random, base: Any) -> Any:
    """A copy of ``base`` with one to four changes."""
    statement = json.loads(json.dumps(base))
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        found = list(containers(statement))
        part = chance.choice(found) if found else {}
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        if keys:
            change(chance, found, part, chance.choice(keys))
    return statement


def change(chance: random.Random, found: list[Any], part: Any, key: Any) -> None:
    kind = chance.choice(("remove", "rename", "add", "copy", "replace"))
    value = chance.choice(VALUES + WORDS)
    if kind == "remove":
        del part[key]
    elif kind == "rename" and isinstance(part, dict):
        part[chance.choice((*NAMES, key.upper(), key + "x"))] = part.pop(key)
    elif kind == "add" and isinstance(part, dict):
        part[chance.choice(NAMES)] = json.loads(json.dumps(value))  # not the list in VALUES itself
    elif kind == "copy":
        part[key] = json.loads(json.dumps(chance.choice(found)))
    else:
        part[key] = json.loads(json.dumps(value))


def containers(value: Any) -> Iterator[Any]:
    """Every object and array in ``value`` that holds something."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if inner:
        yield value
    for item in inner:
        yield from containers(item)


def damaged(chance: random.Random, raw: bytes) -> bytes:
    """``raw`` with a few bytes replaced, removed or inserted."""
    text = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        text[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(4))
    return bytes(text)
