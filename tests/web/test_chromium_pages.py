"""Pages as they are used, by keys, clicks and fingers in Chromium. With --chromium only; the pictures stay in the folder
of the test run.
"""

import asyncio

import pytest

from nntui.cli import main
from tests.recording.making import a_lesson
from tests.web.chromium import Chromium
from tests.web.test_page import lines_of

SHOWN = "[...document.querySelectorAll('#screen > div')].map((row) => row.textContent.trimEnd())"
PLACE = "document.getElementById('place').textContent"


@pytest.fixture
def page(tmp_path):
    """The page of a lesson, and the texts of its stops."""
    a_lesson(tmp_path / "l.nnrec")
    assert main(["export", str(tmp_path / "l.nnrec"), "--format", "html", "--out", str(tmp_path / "l.html")]) == 0
    path = tmp_path / "l.html"
    return path, list(lines_of(path.read_text(encoding="utf-8")))


def in_chromium(folder, path, story, dark=False):
    """Opens a file, and tells a story with it; nothing may have gone wrong or been loaded meanwhile."""

    async def told():
        async with Chromium(folder, dark) as browser:
            await browser.open(path.as_uri())
            await story(browser)
            await browser.picture(folder / "page.png")
            assert browser.told("Log.entryAdded") == browser.told("Runtime.exceptionThrown") == []
            loaded = {event["request"]["url"].partition("#")[0] for event in browser.told("Network.requestWillBeSent")}
            assert loaded == {path.as_uri()}

    asyncio.run(told())


def test_keys_step_forward_and_back(page, tmp_path):
    path, stops = page

    async def story(browser):
        assert await browser.value(SHOWN) == stops[0]
        for number in range(1, len(stops)):
            await browser.press("ArrowRight")
            assert await browser.value(SHOWN) == stops[number]
        await browser.press("ArrowRight")
        assert await browser.value(SHOWN) == stops[-1]
        for number in reversed(range(len(stops) - 1)):
            await browser.press("ArrowLeft")
            assert await browser.value(SHOWN) == stops[number]
        await browser.press("End")
        assert await browser.value(SHOWN) == stops[-1]
        await browser.press("Home", "n")
        assert f"stop 2 of {len(stops)}" in await browser.value(PLACE)
        await browser.press("PageDown")
        assert await browser.value("location.hash") == "#3"

    in_chromium(tmp_path, path, story)


def test_clicks_and_fingers_step_too(page, tmp_path):
    path, stops = page

    async def story(browser):
        box = await browser.value("JSON.parse(JSON.stringify(document.getElementById('screen').getBoundingClientRect()))")
        y = box["y"] + box["height"] / 2
        await browser.click(box["x"] + 0.8 * box["width"], y)
        await browser.click(box["x"] + 0.8 * box["width"], y)
        assert await browser.value(SHOWN) == stops[2]
        await browser.click(box["x"] + 0.1 * box["width"], y)
        assert await browser.value(SHOWN) == stops[1]
        await browser.value("document.getElementById('forward').click()")
        assert await browser.value(SHOWN) == stops[2]
        await browser.swipe(box["x"] + 0.2 * box["width"], y, box["x"] + 0.7 * box["width"])
        await browser.until(lambda: shows(browser, stops[1]))
        await browser.swipe(box["x"] + 0.7 * box["width"], y, box["x"] + 0.2 * box["width"])
        await browser.until(lambda: shows(browser, stops[2]))

    in_chromium(tmp_path, path, story)


async def shows(browser, lines):
    return await browser.value(SHOWN) == lines


def test_it_begins_as_the_reader_has_it_and_t_changes_it(page, tmp_path):
    path, _ = page
    background = "getComputedStyle(document.documentElement).backgroundColor"

    async def story(browser):
        assert await browser.value(background) == "rgb(16, 18, 22)"
        await browser.press("t")
        assert await browser.value(background) == "rgb(250, 250, 250)"

    in_chromium(tmp_path, path, story, dark=True)


def test_every_character_has_its_cells(page, tmp_path):
    """The right border of the panels is one line, whatever the fonts are."""
    path, _ = page
    edges = """(() => {
      const ends = [...document.querySelectorAll('#screen > div')]
        .filter((row) => /[╮│╯]$/.test(row.textContent.trimEnd()) && row.textContent.trimEnd().length === 80)
        .map((row) => [...row.children].filter((span) => span.textContent.trim()).pop().getBoundingClientRect().right);
      return [ends.length, Math.max(...ends) - Math.min(...ends)];
    })()"""

    async def story(browser):
        number, spread = await browser.value(edges)
        assert number > 10
        assert spread < 1

    in_chromium(tmp_path, path, story)
