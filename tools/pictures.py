"""Takes the pictures of the README anew, from the case as it is planned today: `make pictures`.

The case is planned, published, changed twice and looked at, with the command line's own verbs in a folder that is
thrown away; pages and overview are drawn by headless Chromium (CHROMIUM names it), the week sheet by typst.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import typst
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from skemaplan.cli import main as skemaplan
from skemaplan.publishing.links import links
from skemaplan.store import Store
from skemaplan.tables import read

ROOT = Path(__file__).parents[1]
CASE, IMAGES = ROOT / "examples" / "de-internationale", ROOT / "docs" / "images"
MORNING = "2020-02-18T07:10:00+01:00"
COLOURS = 128
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]


def said(*words: str | Path) -> str:
    """What a verb of the command line prints. Raises what went wrong in it."""
    result = CliRunner().invoke(skemaplan, [str(word) for word in words])
    if result.exit_code:
        raise SystemExit(f"{' '.join(map(str, words))}: {result.output}")
    return result.output


def rehearse(folder: Path) -> tuple[Path, dict[str, Path]]:
    """The case on the morning of 18 February 2020: a lesson is cancelled, and a draft waits that moves more.

    Returns the term, and each participant's folder in the site. Deltager C reads Danish here, so that a page in Danish
    alone is seen too.
    """
    term, site = folder / "term", folder / "site"
    shutil.copytree(CASE, term)
    table = term / "participants.csv"
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(r.replace("ar da", "da") if r.startswith("C,") else r for r in rows), encoding="utf-8")
    said("plan", term)
    said("publish", term, "--site", site, "--url", "https://skema.example", "--now", "2020-01-27T08:00")
    said("change", "absent", term, "U-ENG", "2020-02-18", "2020-02-18", "--today", "2020-02-17")
    said("publish", term, "--site", site, "--now", "2020-02-17T09:00")
    said("change", "move-class", term, "A", "tue thu", "--from", "2020-02-24", "--today", "2020-02-18")
    found = links(Store.of(term), site, read(term))
    return term, {link.person: site / "f" / link.url.split("/")[-2] for link in found}


def photograph(browser: Browser, file: Path, name: str, size: tuple[int, int], sharp: float = 1) -> None:
    """A page as it is seen that morning, `size` points wide and high, each of them `sharp` dots."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=sharp)
    tab = context.new_page()
    tab.clock.set_fixed_time(MORNING)
    tab.goto(file.as_uri())
    save(tab.screenshot(), name)
    context.close()


def save(png: bytes, name: str) -> None:
    """Write a picture in few colours, which is enough for a screen and a quarter of the bytes."""
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / name, optimize=True)


def sheet(pdf: bytes) -> bytes:
    """The first page of a week sheet as a picture: typst, which set it, also draws it."""
    drawn: Any = typst.compile(
        b"#set page(width: auto, height: auto, margin: 0pt)\n"
        b'#image(bytes(sys.inputs.pdf.split(",").map(int)), format: "pdf")',
        format="png",
        ppi=96.0,
        sys_inputs={"pdf": ",".join(map(str, pdf))},
    )
    picture: bytes = drawn
    return picture


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        term, pages = rehearse(folder)
        said("show", term, "--html", folder / "overview.html")
        said("print", term, "A", "--out", folder / "sheet.pdf", "--site", folder / "site", "--weeks", "1")
        save(sheet((folder / "sheet.pdf").read_bytes()), "week-sheet.png")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        photograph(browser, pages["C"] / "index.html", "page-da.png", (340, 740), 1.5)
        photograph(browser, pages["A"] / "index.html", "page-ar.png", (340, 740), 1.5)
        photograph(browser, folder / "overview.html", "overview.png", (1366, 740))
        browser.close()
    for picture in sorted(IMAGES.glob("*.png")):
        print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
