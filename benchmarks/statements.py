"""A file of varied statements, the same at every call: what the ingest is measured on.

Every kind of object, identifier and extension comes up; ids, registrations and times are fresh.
What people do again and again is on activities that repeat, what they write and look for is on ones
that never do. Most emitters write compactly, some with blanks and escapes.
"""

import json
import random
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

VERSION = 2
VIDEO = "https://w3id.org/xapi/video"
ADL = "http://adlnet.gov/expapi"
WITH_ID = 0.9
FROM_A_STORE = 0.5
PASSED = 0.8
WITH_BLANKS = 0.1


def statements_file(count: int) -> Path:
    """An NDJSON file of ``count`` statements, about 1 kB each; made once and kept."""
    path = Path(tempfile.gettempdir()) / "tilth-benchmarks" / f"statements-{VERSION}-{count}.ndjson"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".tmp")
        with beside.open("wb") as file:
            chance = random.Random(5)
            file.writelines(written(one, chance) + b"\n" for one in statements(count))
        beside.replace(path)
    return path


def written(statement: dict, chance: random.Random) -> bytes:
    """As most emitters write it, or as Python's own library does."""
    if chance.random() < WITH_BLANKS:
        return json.dumps(statement).encode()
    return orjson.dumps(statement)


def statements(count: int) -> Iterator[dict]:
    """Statements of several emitters, in a fixed random order."""
    chance = random.Random(7)
    kinds = (video, course, question, post, search, mention, praise, plan, withdrawal)
    start = datetime(2026, 1, 5, 8, tzinfo=UTC)
    for number in range(count):
        moment = start + timedelta(seconds=number * 3 + chance.random())
        one = chance.choices(kinds, weights=(36, 22, 14, 12, 8, 3, 2, 2, 1))[0](chance)
        one["timestamp"] = moment.isoformat()
        if chance.random() < WITH_ID:
            one["id"] = fresh(chance)
        if chance.random() < FROM_A_STORE:
            one["stored"] = (moment + timedelta(seconds=2)).isoformat()
            one["authority"] = account(chance, "lrs")
            one["version"] = "1.0.3"
        yield one


def account(chance: random.Random, system: str) -> dict:
    name = f"{chance.randrange(5_000):08x}-0000-4000-8000-000000000000"
    return {
        "objectType": "Agent",
        "account": {"homePage": f"https://{system}.example.org", "name": name},
    }


def person(chance: random.Random) -> dict:
    number = chance.randrange(5_000)
    return {"name": f"Person {number}", "mbox": f"mailto:person.{number}@example.org"}


def activity(chance: random.Random, kind: str, language: str = "en") -> dict:
    number = chance.randrange(2_000)
    return {
        "objectType": "Activity",
        "id": f"https://learn.example.org/{kind}/{number}",
        "definition": {
            "type": f"{ADL}/activities/{kind}",
            "name": {language: f"A {kind} on subject {number}, with a title of usual length"},
            "description": {
                language: "What it is about, in a sentence or two of the usual kind. " * 2
            },
        },
    }


def did(chance: random.Random, verb: str, target: dict, actor: dict) -> dict:
    return {
        "actor": actor,
        "verb": {"id": f"{ADL}/verbs/{verb}", "display": {"en-US": verb}},
        "object": target,
        "context": {
            "platform": "Learn",
            "language": "en",
            "registration": fresh(chance),
            "contextActivities": {
                "parent": [activity(chance, "course")],
                "category": [{"id": "https://w3id.org/tilth/example-profile"}],
            },
        },
    }


def video(chance: random.Random) -> dict:
    one = did(chance, "", activity(chance, "video"), account(chance, "video"))
    one["verb"] = {"id": f"{VIDEO}/verbs/played", "display": {"en-US": "played"}}
    one["context"]["extensions"] = {
        f"{VIDEO}/extensions/session-id": fresh(chance),
        f"{VIDEO}/extensions/length": 600.0,
    }
    at = round(chance.random() * 500, 3)
    one["result"] = {
        "extensions": {
            f"{VIDEO}/extensions/time": at,
            f"{VIDEO}/extensions/played-segments": f"0[.]{at / 2:.3f}[,]{at / 3:.3f}[.]{at}",
            f"{VIDEO}/extensions/progress": round(at / 600, 3),
        }
    }
    return one


def course(chance: random.Random) -> dict:
    one = did(chance, "completed", activity(chance, "course", "de"), person(chance))
    one["result"] = {
        "completion": True,
        "success": chance.random() < PASSED,
        "duration": f"PT{chance.randrange(3)}H{chance.randrange(60)}M{chance.randrange(60)}S",
        "score": {"scaled": round(chance.random(), 2), "raw": chance.randrange(100), "max": 100},
    }
    one["context"]["instructor"] = person(chance)
    return one


def question(chance: random.Random) -> dict:
    one = did(chance, "answered", activity(chance, "cmi.interaction"), person(chance))
    one["object"]["definition"] |= {
        "interactionType": "choice",
        "correctResponsesPattern": ["a[,]c"],
        "choices": [{"id": key, "description": {"en": f"Choice {key}"}} for key in "abcd"],
    }
    one["result"] = {"response": "a[,]b", "success": False, "duration": "PT12.5S"}
    return one


def fresh(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def post(chance: random.Random) -> dict:
    one = did(chance, "commented", activity(chance, "forum-topic"), person(chance))
    one["object"]["id"] += f"/posts/{fresh(chance)}"
    one["result"] = {"response": 'What do you think of “this”? I said: "not much" – ' * 4}
    one["context"]["team"] = {"objectType": "Group", "name": "Team", "member": [person(chance)]}
    return one


def search(chance: random.Random) -> dict:
    one = did(chance, "searched", activity(chance, "page"), account(chance, "wiki"))
    one["object"]["id"] += f"?search={chance.getrandbits(40):x}"
    one["object"]["definition"]["extensions"] = {
        "https://w3id.org/tilth/extensions/filters": {"space": chance.randrange(20), "tags": ["ü"]}
    }
    one["result"] = {
        "response": "how to reset the press",
        "extensions": {"https://w3id.org/tilth/extensions/result-count": chance.randrange(40)},
    }
    return one


def mention(chance: random.Random) -> dict:
    one = did(chance, "mentioned", {"objectType": "Agent", **person(chance)}, person(chance))
    del one["context"]["platform"]
    one["context"]["statement"] = {"objectType": "StatementRef", "id": fresh(chance)}
    return one


def praise(chance: random.Random) -> dict:
    name = f"{chance.randrange(200)}"
    home = {"homePage": "https://chat.example.org", "name": name}
    team = {"objectType": "Group", "name": f"Team {name}", "account": home}
    one = did(chance, "praised", team, {"mbox_sha1sum": f"{chance.randrange(5_000):040x}"})
    del one["context"]["platform"]
    return one


def plan(chance: random.Random) -> dict:
    who = person(chance)
    inner = did(chance, "attended", activity(chance, "meeting"), who)
    return did(chance, "planned", {"objectType": "SubStatement", **inner}, who)


def withdrawal(chance: random.Random) -> dict:
    reference = {"objectType": "StatementRef", "id": fresh(chance)}
    return {
        "actor": {"openid": f"https://id.example.org/{chance.randrange(5_000)}"},
        "verb": {"id": f"{ADL}/verbs/voided", "display": {"en": "voided"}},
        "object": reference,
    }
