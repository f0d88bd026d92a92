"""Every page of the dashboards, in menu order. The only list of pages there is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageSpec:
    """One page: its file under ``app_pages``, its address, and the key of its menu title."""

    path: str
    url_path: str
    title_key: str


PAGES: tuple[PageSpec, ...] = (
    PageSpec("app_pages/ecosystem.py", "ecosystem", "page.ecosystem"),
    PageSpec("app_pages/explorer.py", "explorer", "page.explorer"),
    PageSpec("app_pages/health.py", "health", "page.health"),
)
