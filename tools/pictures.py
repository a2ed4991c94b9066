"""Take the pictures of the docs from a demonstration of their own.

    python -m tools.pictures [NAME ...]

`docs/pictures/pictures.toml` lists them: `[[picture]]` with `name` (of the file, a PNG beside
the list), `path` (on the site), `width`, and optionally `height` (then only what a screen of
that height shows) in CSS pixels; `phone = true` takes it a second time as a phone shows it, as
`name-phone`; `opened` is a CSS selector of what is clicked first and fetches more; with
`party_user = true` a Party's user is signed in. Of a path that ends in `.pdf` the first page is
drawn, by Poppler's `pdftoppm`; without that program the picture stays as it was, and that is
said. Where ImageMagick's `convert` is there, a picture is kept in 128 colours: a third of the
bytes.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect, sync_playwright

from tests.support.browser import ARGUMENTS, WHY_NONE, find_chromium
from tests.support.deployment import ROOT, Deployment
from tests.support.party_user import PARTY_PASSWORD, PARTY_USER, party_user_joins

FOLDER = ROOT / "docs" / "pictures"
# Or letters stand where whole pixels are, and words run together.
UNHINTED = "--font-render-hinting=none"
COLOURS = "128"
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Picture:
    """One picture to take; sizes in CSS pixels, the whole page without a height."""

    name: str
    path: str
    width: int
    height: int | None = None
    phone: bool = False
    opened: str = ""
    party_user: bool = False


def wanted(folder: Path) -> list[Picture]:
    """Return the pictures that the folder's list names, those of a phone after each of a desk."""
    table = tomllib.loads((folder / "pictures.toml").read_text(encoding="utf-8"))
    return [each for entry in table["picture"] for each in _sizes(Picture(**entry))]


def _sizes(picture: Picture) -> list[Picture]:
    if not picture.phone:
        return [picture]
    name = f"{picture.name}-phone"
    small = replace(picture, name=name, width=PHONE["width"], height=PHONE["height"])
    return [picture, small]


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve a demonstration of its own for the block, with a Party's user; give its address."""
    with tempfile.TemporaryDirectory() as place:
        made = Deployment(Path(place))
        made.take_in_demonstration()
        party_user_joins(made)
        with made.served() as address:
            yield address


def take(pictures: Sequence[Picture], address: str, folder: Path, *, program: str) -> None:
    """Take each picture of the site at `address` into `folder`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS, UNHINTED])
        for picture in pictures:
            file = folder / f"{picture.name}.png"
            if picture.path.endswith(".pdf"):
                told = take_first_page(picture, address, file)
            else:
                told = take_page(picture, address, file, browser)
            fewer_colours(file)
            print(f"{file.name}  {picture.path}  {told}", flush=True)
        browser.close()


def take_page(picture: Picture, address: str, file: Path, browser: Browser) -> str:
    """Take a page of the site as a browser shows it."""
    size = ViewportSize(width=picture.width, height=picture.height or 900)
    context = browser.new_context(viewport=size, base_url=address, locale="en-GB")
    if picture.party_user:
        sign_in(context)
    page = context.new_page()
    page.goto(picture.path)
    page.wait_for_load_state("networkidle")
    if picture.opened:
        with page.expect_response(lambda answer: answer.ok):
            page.locator(picture.opened).first.click()
        # Not by a function of ours: the pages let no words be run as a script.
        expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)
    page.screenshot(path=file, full_page=picture.height is None)
    context.close()
    return f"{picture.width} px"


def sign_in(context: BrowserContext) -> None:
    """Sign the Party's user in."""
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(PARTY_USER)
    page.get_by_label("Password", exact=True).fill(PARTY_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()
    page.close()


def fewer_colours(file: Path) -> None:
    """Keep a picture in fewer colours, where there is a program to do it and it helps."""
    program = shutil.which("convert")
    if program is None or not file.exists():
        return
    small = file.with_suffix(".small.png")
    subprocess.run(
        [program, file, "+dither", "-colors", COLOURS, "-strip", f"PNG8:{small}"], check=True
    )
    if small.stat().st_size < file.stat().st_size:
        small.replace(file)
    else:
        small.unlink()


def take_first_page(picture: Picture, address: str, file: Path) -> str:
    """Draw the first page of a PDF that the site sends; say so if there is no program to do it."""
    program = shutil.which("pdftoppm")
    if program is None:
        return "left as it was: there is no pdftoppm (install poppler-utils)"
    with tempfile.TemporaryDirectory() as place:
        paper = Path(place, "paper.pdf")
        with urllib.request.urlopen(address + picture.path) as response:  # noqa: S310 (our own server)
            paper.write_bytes(response.read())
        size = ["-scale-to-x", str(picture.width), "-scale-to-y", "-1"]
        drawing = [program, "-png", "-singlefile", *size, str(paper), str(file.with_suffix(""))]
        subprocess.run(drawing, check=True)
    return f"{picture.width} px"


def main(
    names: Sequence[str] = (),
    folder: Path = FOLDER,
    site: Callable[[], AbstractContextManager[str]] = demonstration,
) -> int:
    """Take every picture of the list, or those named; return the exit status."""
    program = find_chromium()
    if program is None:
        print(WHY_NONE, file=sys.stderr)
        return 1
    pictures = [each for each in wanted(folder) if not names or each.name in names]
    with site() as address:
        take(pictures, address, folder, program=program)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
