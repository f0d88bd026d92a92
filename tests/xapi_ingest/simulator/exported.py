"""Reads a simulated company back with nothing but the standard library, as an outsider would."""

import csv
import gzip
import hashlib
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

SOURCES = ("lms", "video", "social", "work", "lab")
NO_LEARNING = {
    "http://adlnet.gov/expapi/verbs/registered",
    "http://adlnet.gov/expapi/verbs/launched",
    "http://adlnet.gov/expapi/verbs/initialized",
    "http://adlnet.gov/expapi/verbs/terminated",
    "http://adlnet.gov/expapi/verbs/voided",
    "https://w3id.org/xapi/adl/verbs/logged-in",
    "https://w3id.org/xapi/acrossx/verbs/liked",
    "http://activitystrea.ms/like",
    "http://activitystrea.ms/schema/1.0/like",
    "https://lms.hinode.example/verbs/streaked",
    "https://desk.hinode.example/verbs/pinged",
}
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


class Exported:
    """One company's exports, read whole."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.truth = json.loads((out / "truth" / "truth.json").read_text(encoding="utf-8"))
        self.delivered = {source: self._delivered(source) for source in SOURCES}
        self.employees = self.table("employees")
        self.employee_by_actor = self._employee_by_actor()

    def table(self, name: str) -> list[dict[str, str]]:
        (path,) = self.out.glob(f"exports/*/{name}.csv")
        with path.open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def _delivered(self, source: str) -> list[dict]:
        files = sorted((self.out / "exports" / source).iterdir())
        return [statement for file in files for statement in statements_of(file)]

    def sound(self, source: str) -> list[dict]:
        return [statement for statement in self.delivered[source] if is_sound(statement)]

    def settled(self, source: str) -> tuple[list[dict], int, int]:
        """Distinct statements, duplicates, conflicts."""
        first: dict[str, str] = {}
        distinct, found = [], Counter()
        for statement in self.sound(source):
            content = fingerprint(statement)
            key = statement.get("id", content)
            if key not in first:
                first[key] = content
                distinct.append(statement)
            else:
                found[first[key] == content] += 1
        return distinct, found[True], found[False]

    def voided_ids(self) -> set[str]:
        return {
            statement["object"]["id"]
            for source in SOURCES
            for statement in self.sound(source)
            if statement["verb"]["id"] == VOIDED
        }

    def employee(self, statement: dict) -> str | None:
        """Who it truly was; nobody if HR does not know, or an account is shared."""
        held = self.employee_by_actor.get(actor_key(statement["actor"]), [])
        for since, employee_id in reversed(held):
            if since <= statement["timestamp"][:10] or len(held) == 1:
                return employee_id
        return None

    def weekly_learning(self) -> dict[str, list[int]]:
        """Distinct learning statements per employee and local ISO week."""
        zones = {row["employee_id"]: ZoneInfo(row["time_zone"]) for row in self.employees}
        mondays = {week: n for n, week in enumerate(self.truth["weeks"])}
        counts = {row["employee_id"]: [0] * len(mondays) for row in self.employees}
        voided = self.voided_ids()
        for source in SOURCES:
            for statement in self.settled(source)[0]:
                person = self.employee(statement)
                is_learning = statement["verb"]["id"] not in NO_LEARNING
                if person and is_learning and statement.get("id") not in voided:
                    local = moment(statement["timestamp"]).astimezone(zones[person])
                    monday = datetime.fromisocalendar(*local.isocalendar()[:2], 1)
                    counts[person][mondays[str(monday.date())]] += 1
        return counts

    def _employee_by_actor(self) -> dict[str, list[tuple[str, str]]]:
        """Who has held each identifier, and since when they were employed."""
        found: dict[str, list[tuple[str, str]]] = {}
        further = self.truth["identities"]["several_accounts"]
        for row in sorted(self.employees, key=lambda row: row["hire_date"]):
            address = f"mailto:{row['email']}"
            hashed = hashlib.sha1(address.encode(), usedforsecurity=False).hexdigest()
            for key in (
                address,
                hashed,
                f"https://video.hinode.example|{row['username']}",
                *(
                    f"https://lms.hinode.example|{name}"
                    for name in further.get(row["employee_id"], [row["username"]])
                ),
            ):
                found.setdefault(key, []).append((row["hire_date"], row["employee_id"]))
        return found


def statements_of(file: Path) -> list[dict]:
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    if ".ndjson" in file.suffixes:
        return [json.loads(line) for line in data.splitlines()]
    whole = json.loads(data)
    return whole if isinstance(whole, list) else whole["statements"]


def is_sound(statement: dict) -> bool:
    try:
        moment(statement["timestamp"])
    except ValueError:
        return False
    has_parts = all(name in statement for name in ("actor", "verb", "object"))
    return has_parts and len(statement.get("id", "x" * 36)) == 36


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def fingerprint(statement: dict) -> str:
    kept = {k: v for k, v in statement.items() if k not in {"id", "stored", "version"}}
    return json.dumps(kept, sort_keys=True)


def actor_key(actor: dict) -> str:
    if "account" in actor:
        return f"{actor['account']['homePage']}|{actor['account']['name']}"
    return actor.get("mbox") or actor["mbox_sha1sum"]
