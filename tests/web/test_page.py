"""The page of a lesson: what its data say, that it is safe whatever a file says, and how large it may be."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from nntui.cli import main
from nntui.commands import lesson_formats
from nntui.draw.base.spans import Span
from nntui.draw.export import lesson_page as made
from nntui.draw.export.lesson_page import lesson_page
from nntui.draw.export.picture import Picture
from nntui.files.recording.reader import read_recording
from nntui.session.pictures.recorded_pictures import RecordedPictures
from tests.recording.making import a_lesson, recorder, small
from tests.tui.driven_app import a_session

HOSTILE = 'x</script><script>alert(1)</script> <img src=x onerror=alert(2)> "&amp; \u2028 -->'


class Parts(HTMLParser):
    """Tags with their attributes, and the texts of scripts, styles and the title."""

    def __init__(self):
        super().__init__()
        self.tags, self.texts, self._in = [], {}, ""

    def handle_starttag(self, tag, attributes):
        self._in = dict(attributes).get("type") or tag
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        self._in = ""

    def handle_data(self, data):
        self.texts[self._in] = self.texts.get(self._in, "") + data


def parts(text):
    read = Parts()
    read.feed(text)
    read.close()
    return read


def lines_of(page):
    """The text of every stop, as the page's script makes it of its data."""
    lesson = json.loads(parts(page).texts["application/json"])
    now = [None] * lesson["rows"]
    for change in lesson["changes"]:
        for y, line in zip(change[::2], change[1::2], strict=True):
            now[y] = line
        yield ["".join(lesson["lines"][line][1::2]).rstrip() for line in now]


def text_of(picture):
    return ["".join(span.text for span in line).rstrip() for line in picture.block[:23]]


def test_a_page_has_what_is_painted_at_each_stop(tmp_path, capsys):
    path = tmp_path / "l.nnrec"
    a_lesson(path)
    assert main(["export", str(path), "--format", "html"]) == 0
    page = capsys.readouterr().out
    drawn = list(RecordedPictures(read_recording(path), 80, 24, a_session()))
    assert list(lines_of(page)) == [text_of(picture) for picture in drawn]
    lesson = json.loads(parts(page).texts["application/json"])
    assert [address for _, address in lesson["stops"]] == [picture.address for picture in drawn]
    assert [drawn[stop].note for stop in lesson["notes"]] == ["look here"]
    assert len(lesson["lines"]) == len({json.dumps(line) for line in lesson["lines"]}) < 23 * len(drawn)


def test_nothing_but_its_own_script_may_run_and_nothing_is_loaded():
    page = lesson_page([Picture(0.0, ((Span(HOSTILE),),), "1:1:input")], 80, 1, HOSTILE)
    read = parts(page)
    assert [tag for tag, _ in read.tags].count("script") == 2
    assert not any(name.startswith("on") or name in ("style", "src", "href") for _, given in read.tags for name in given)
    assert "img" not in [tag for tag, _ in read.tags]
    policy = next(given["content"] for tag, given in read.tags if tag == "meta" and "http-equiv" in given)
    assert policy.startswith("default-src 'none'; ")
    for kind, text in (("style", read.texts["style"]), ("script", read.texts["script"])):
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not re.search(r"https?:|//[a-z]|url\(|@import|innerHTML|eval\(", page.replace(HOSTILE, ""))
    assert list(lines_of(page)) == [[HOSTILE]]


def test_each_character_of_two_cells_is_told():
    page = lesson_page([Picture(0.0, ((Span("a\u4e2d\u6587b", "dim"), Span("c", "lit")),), "1:1:input")], 80, 1, "t")
    assert json.loads(parts(page).texts["application/json"])["lines"] == [[0, "a", -1, "\u4e2d\u6587", 0, "b", 1, "c"]]


def test_equal_lessons_are_equal_pages(tmp_path, capsys):
    path = tmp_path / "l.nnrec"
    a_lesson(path)
    pages = []
    for _ in range(2):
        assert main(["export", str(path), "--format", "html"]) == 0
        pages.append(capsys.readouterr().out)
    assert pages[0] == pages[1]


def test_a_page_has_a_bound(tmp_path, monkeypatch, capsys):
    path = tmp_path / "l.nnrec"
    a_lesson(path)
    monkeypatch.setattr(made, "MOST_CHARACTERS", 10_000)
    assert main(["export", str(path), "--format", "html"]) == 2
    assert "is too long for --format html" in capsys.readouterr().err
    monkeypatch.setattr(lesson_formats, "MOST_STOPS", 4)
    assert main(["export", str(path), "--format", "cast"]) == 2
    assert "stops; expected at most 4 for --format cast" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["xor", "--format", "cast"], "xor: is a scenario; --format cast expected a recording"),
        (["xro", "--format", "html"], "did you mean 'xor'?"),
        (["L", "--format", "html", "--pace", "2"], "--pace is of --format cast"),
        (["L", "--format", "cast", "--at", "1"], "--at is of a network's formats"),
        (["L", "--format", "cast", "--set", "training.eta=1"], "--set is of a network's formats"),
        (["xor", "--format", "toml", "--size", "80x24"], "--size is of a lesson's formats"),
        (["L", "--format", "cast", "--size", "8x9"], "'8x9' is no size; expected 60x20 to 200x60"),
        (["L", "--format", "cast", "--pace", "nan"], "'nan' is no pace; expected 0.01 to 3600 seconds"),
        (["L", "--format", "html", "--out", "L"], "is there already and stays as it is"),
    ],
)
def test_what_does_not_fit_is_one_sentence(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    recorder(tmp_path / "L", small()).close()
    assert main(["export", *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err
    assert told.err.count("\n") == 1


def test_a_damaged_recording_is_shown_up_to_there_and_told(tmp_path, capsys):
    path = tmp_path / "l.nnrec"
    a_lesson(path)
    path.write_bytes(path.read_bytes().replace(b'"step":1,', b'"step":2,', 1))
    assert main(["export", str(path), "--format", "html"]) == 0
    told = capsys.readouterr()
    assert "what stands before it is shown" in told.err
    assert all("damaged from line" in lines[-1] for lines in lines_of(told.out))
