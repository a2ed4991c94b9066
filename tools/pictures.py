"""Take the pictures of the docs from the running demonstration.

    python -m tools.pictures

`docs/pictures/pictures.toml` lists them: `[[picture]]` with `name` (of the file, a PNG beside
the list), `path` (on the site), `width`, and optionally `height` (then only what a screen of
that height shows) in CSS pixels. Of a path that ends in `.pdf` the first page is drawn, by
Poppler's `pdftoppm`; without that program the picture stays as it was, and that is said.
"""

import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.support.browser import ARGUMENTS, WHY_NONE, find_chromium
from tests.support.postgres import free_port

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
DEMO = [str(Path(sys.executable).parent / "engross"), "demo", "--port", "{port}"]
PATIENCE_SECONDS = 180


@dataclass(frozen=True)
class Picture:
    """One picture to take; sizes in CSS pixels, the whole page without a height."""

    name: str
    path: str
    width: int
    height: int | None = None


def wanted(folder: Path) -> list[Picture]:
    """Return the pictures that the folder's list names."""
    table = tomllib.loads((folder / "pictures.toml").read_text(encoding="utf-8"))
    return [Picture(**entry) for entry in table["picture"]]


def answers(address: str) -> bool:
    """Return whether something serves at `address` yet."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 (our own server)
            return bool(response.status)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


@contextmanager
def served(command: Sequence[str]) -> Iterator[str]:
    """Run a server for the block and give its address; it ends as by Ctrl-C.

    Raises RuntimeError if it ends, or does not answer within PATIENCE_SECONDS.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([part.format(port=port) for part in command], cwd=ROOT)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not answers(address):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"`{' '.join(command)}` does not serve at {address}")
            time.sleep(0.2)
        yield address
    finally:
        # Not SIGINT: what a shell starts in the background may be deaf to it.
        process.terminate()
        process.wait(30)


def take(pictures: Sequence[Picture], address: str, folder: Path, *, program: str) -> None:
    """Take each picture of the site at `address` into `folder`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        for picture in pictures:
            file = folder / f"{picture.name}.png"
            if picture.path.endswith(".pdf"):
                told = take_first_page(picture, address, file)
            else:
                told = take_page(picture, address, file, browser)
            print(f"{file.name}  {picture.path}  {told}", flush=True)
        browser.close()


def take_page(picture: Picture, address: str, file: Path, browser: Browser) -> str:
    """Take a page of the site as a browser shows it."""
    size = ViewportSize(width=picture.width, height=picture.height or 900)
    page = browser.new_page(viewport=size, base_url=address, locale="en-GB")
    page.goto(picture.path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file, full_page=picture.height is None)
    page.close()
    return f"{picture.width} px"


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


def main(folder: Path = FOLDER, command: Sequence[str] = DEMO) -> int:
    """Take every picture of the list; return the exit status."""
    program = find_chromium()
    if program is None:
        print(WHY_NONE, file=sys.stderr)
        return 1
    pictures = wanted(folder)
    with served(command) as address:
        take(pictures, address, folder, program=program)
    return 0


if __name__ == "__main__":
    sys.exit(main())
