"""Pictures of every page, light and dark, wide and narrow: `python -m tests.e2e.screens HOME OUT`.

HOME is a data folder with a published build, OUT the folder of the pictures.
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from dashboards.navigation import PAGES
from tests.e2e.serving import CHROMIUM, FLAGS, dashboards, settled

WIDTHS = {"wide": (1440, 900), "narrow": (360, 740)}


def main(home: Path, out: Path) -> None:
    """Take every picture."""
    out.mkdir(parents=True, exist_ok=True)
    with dashboards(home) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for scheme in ("light", "dark"):
            for name, (width, height) in WIDTHS.items():
                context = browser.new_context(
                    color_scheme=scheme, viewport={"width": width, "height": height}
                )
                page = context.new_page()
                for spec in PAGES:
                    page.set_viewport_size({"width": width, "height": height})
                    page.goto(f"{address}/{spec.url_path}")
                    settled(page)
                    main_box = page.locator("[data-testid=stMainBlockContainer]").bounding_box()
                    page.set_viewport_size({"width": width, "height": int(main_box["height"]) + 80})
                    page.wait_for_timeout(600)  # the charts draw again at the new size
                    picture = out / f"{spec.url_path or 'ecosystem'}_{scheme}_{name}.png"
                    page.screenshot(path=picture)
                    _make_small(picture)
                context.close()
        browser.close()


def _make_small(picture: Path) -> None:
    """At most 128 colours: flat pages lose nothing that an eye sees."""
    with Image.open(picture) as image:
        small = image.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    small.save(picture, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
