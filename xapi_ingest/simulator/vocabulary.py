"""The verbs, activity types and addresses that the company's systems use.

A verb is a row of ``VERBS`` and is referred to by its place, so that events hold numbers. Aliases
of one concept are rows of their own: real systems disagree, and so do these.
"""

from dataclasses import dataclass
from typing import Final

DOMAIN: Final = "hinode.example"
LMS: Final = f"https://lms.{DOMAIN}"
VIDEO: Final = f"https://video.{DOMAIN}"
CHAT: Final = f"https://chat.{DOMAIN}"
WIKI: Final = f"https://wiki.{DOMAIN}"
DESK: Final = f"https://desk.{DOMAIN}"
HR: Final = f"https://hr.{DOMAIN}"

_ADL = "http://adlnet.gov/expapi/verbs/"
_ACROSSX = "https://w3id.org/xapi/acrossx/verbs/"
_TINCAN = "http://id.tincanapi.com/verb/"
_STREAM = "http://activitystrea.ms/"
_STREAM_1 = "http://activitystrea.ms/schema/1.0/"
_VIDEO = "https://w3id.org/xapi/video/verbs/"

ADL_TYPE: Final = "http://adlnet.gov/expapi/activities/"
TINCAN_TYPE: Final = "http://id.tincanapi.com/activitytype/"
ACROSSX_TYPE: Final = "https://w3id.org/xapi/acrossx/activities/"
COURSE_TYPES: Final = (
    "https://w3id.org/xapi/cmi5/activitytype/course",
    f"{ADL_TYPE}course",
)
ARTICLE_TYPES: Final = (f"{_STREAM_1}article", f"{_STREAM}article")
VIDEO_TYPE: Final = "https://w3id.org/xapi/video/activity-type/video"
ANNOUNCEMENT_TYPE: Final = "https://w3id.org/tilth/activity-types/announcement"
UNKNOWN_TYPE: Final = f"{LMS}/types/leaderboard"

CMI5: Final = "https://w3id.org/xapi/cmi5/context"
VIDEO_EXTENSIONS: Final = "https://w3id.org/xapi/video/extensions"
DELIVERY_MODE: Final = "https://w3id.org/tilth/extensions/delivery-mode"
RESULT_COUNT: Final = "https://w3id.org/tilth/extensions/result-count"
FEEDBACK: Final = "http://id.tincanapi.com/extension/feedback"


@dataclass(frozen=True)
class Verb:
    """One verb as one system spells it.

    Args:
        iri: Its identifier.
        display: What the system shows.
        is_learning: Neither administration, nor a like, nor a verb that nobody else knows.
    """

    iri: str
    display: str
    is_learning: bool = True


_ROWS: Final[dict[str, Verb]] = {
    "registered": Verb(f"{_ADL}registered", "registered", is_learning=False),
    "launched": Verb(f"{_ADL}launched", "launched", is_learning=False),
    "initialized": Verb(f"{_ADL}initialized", "initialized", is_learning=False),
    "terminated": Verb(f"{_ADL}terminated", "terminated", is_learning=False),
    "logged_in": Verb("https://w3id.org/xapi/adl/verbs/logged-in", "logged in", is_learning=False),
    "voided": Verb(f"{_ADL}voided", "voided", is_learning=False),
    "completed": Verb(f"{_ADL}completed", "completed"),
    "completed_secure": Verb("https://adlnet.gov/expapi/verbs/completed", "completed"),
    "completed_stream": Verb(f"{_STREAM}complete", "complete"),
    "passed": Verb(f"{_ADL}passed", "passed"),
    "failed": Verb(f"{_ADL}failed", "failed"),
    "answered": Verb(f"{_ADL}answered", "answered"),
    "attempted": Verb(f"{_ADL}attempted", "attempted"),
    "attended": Verb(f"{_ADL}attended", "attended"),
    "viewed": Verb(f"{_TINCAN}viewed", "viewed"),
    "experienced": Verb(f"{_ADL}experienced", "experienced"),
    "played": Verb(f"{_VIDEO}played", "played"),
    "paused": Verb(f"{_VIDEO}paused", "paused"),
    "seeked": Verb(f"{_VIDEO}seeked", "seeked"),
    "posted": Verb(f"{_ACROSSX}posted", "posted"),
    "asked": Verb(f"{_ADL}asked", "asked"),
    "replied": Verb(f"{_TINCAN}replied", "replied"),
    "responded": Verb(f"{_ADL}responded", "responded"),
    "commented": Verb(f"{_ADL}commented", "commented"),
    "liked": Verb(f"{_ACROSSX}liked", "liked", is_learning=False),
    "like": Verb(f"{_STREAM}like", "like", is_learning=False),
    "like_1": Verb(f"{_STREAM_1}like", "like", is_learning=False),
    "share": Verb(f"{_STREAM}share", "shared"),
    "share_1": Verb(f"{_STREAM_1}share", "shared"),
    "create": Verb(f"{_STREAM}create", "created"),
    "create_1": Verb(f"{_STREAM_1}create", "created"),
    "mentored": Verb(f"{_TINCAN}mentored", "mentored"),
    "searched": Verb(f"{_ACROSSX}searched", "searched"),
    "search_1": Verb(f"{_STREAM_1}search", "searched"),
    "open": Verb(f"{_STREAM}open", "opened"),
    "open_1": Verb(f"{_STREAM_1}open", "opened"),
    "interacted": Verb(f"{_ADL}interacted", "interacted"),
    "performed": Verb("https://w3id.org/xapi/dod-isd/verbs/performed", "performed"),
    "performed_offline": Verb(f"{_TINCAN}performed-offline", "performed offline"),
    "applied": Verb("https://w3id.org/xapi/dod-isd/verbs/applied", "applied"),
    "evaluated": Verb(f"{_ACROSSX}evaluated", "evaluated"),
    "streaked": Verb(f"{LMS}/verbs/streaked", "kept a streak", is_learning=False),
    "pinged": Verb(f"{DESK}/verbs/pinged", "pinged", is_learning=False),
}

VERBS: Final = tuple(_ROWS.values())
CODES: Final = {name: code for code, name in enumerate(_ROWS)}
UNKNOWN_CODES: Final = (CODES["streaked"], CODES["pinged"])
VERB_TEXTS: Final = tuple(
    f'{{"id":"{verb.iri}","display":{{"en-US":"{verb.display}"}}}}' for verb in VERBS
)


def activity(iri: str, title: str, type_iri: str) -> str:
    """The JSON text of an activity. Titles of ours need no escapes."""
    return (
        f'{{"objectType":"Activity","id":"{iri}","definition":'
        f'{{"name":{{"en-US":"{title}"}},"type":"{type_iri}"}}}}'
    )
