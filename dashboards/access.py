"""Who is asking, and what that role may open. The one place that decides it.

The server listens on the loopback address only, so whoever reaches it sits at this machine
and is the analyst. Sign-in and further roles are added here; no page asks for a name.
"""

from dataclasses import dataclass

from dashboards.navigation import PageSpec, Role


@dataclass(frozen=True)
class Reader:
    """The person in front of the page.

    Args:
        role: What decides which published file is opened for them.
        home_unit: The org unit that pages open on.
    """

    role: Role
    home_unit: str


def current_reader() -> Reader:
    """The reader of this session."""
    return Reader(role="analyst", home_unit="company")


def may_open(reader: Reader, page: PageSpec) -> bool:
    """Whether the page is in this reader's menu."""
    return reader.role in page.roles
