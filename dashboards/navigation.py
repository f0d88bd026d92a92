"""Every page of the dashboards, in menu order. The only list of pages there is."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["analyst"]


@dataclass(frozen=True)
class PageSpec:
    """One page: its file under ``app_pages``, its address, and the key of its menu title.

    The first page is the one that opens, and its address is the empty one.
    """

    path: str
    url_path: str
    title_key: str
    roles: tuple[Role, ...] = ("analyst",)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("app_pages/ecosystem.py", "", "page.ecosystem"),
    PageSpec("app_pages/explorer.py", "explorer", "page.explorer"),
    PageSpec("app_pages/health.py", "health", "page.health"),
)
