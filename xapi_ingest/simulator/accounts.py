"""How each system names each person: two by account, one by address, one by the address's hash."""

from hashlib import sha1

from xapi_ingest.simulator.identities import Identities
from xapi_ingest.simulator.population import People
from xapi_ingest.simulator.vocabulary import DESK, LMS, VIDEO


def actors_by_source(people: People, identities: Identities) -> dict[str, list[str]]:
    """The actor texts of every source: one place per person, then the further accounts."""
    named = list(zip(people.full_name, people.username, people.email, strict=True))
    further = identities.further_names(people)
    hashed = [f'{{"objectType":"Agent","mbox_sha1sum":"{_hashed(email)}"}}' for *_, email in named]
    return {
        "lms": [
            *(_account(LMS, username, name) for name, username, _ in named),
            *(_account(LMS, username, "") for username in further),
        ],
        "video": [_account(VIDEO, username, "") for _, username, _ in named],
        "social": [
            f'{{"objectType":"Agent","name":"{name}","mbox":"mailto:{email}"}}'
            for name, _, email in named
        ],
        "work": [*hashed, *(_account(DESK, username, "") for username in further)],
        "lab": hashed,
    }


def _account(home_page: str, name: str, shown: str) -> str:
    label = f'"name":"{shown}",' if shown else ""
    return f'{{"objectType":"Agent",{label}"account":{{"homePage":"{home_page}","name":"{name}"}}}}'


def _hashed(email: str) -> str:
    return sha1(f"mailto:{email}".encode(), usedforsecurity=False).hexdigest()
