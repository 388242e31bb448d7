"""A class follows its teacher: live, each on their own screen, free to wander and to come back."""

import asyncio
from dataclasses import replace

import pytest

from nntui.draw.base.plain_text import plain
from nntui.files.history import SessionHistory
from nntui.files.library import load
from nntui.files.recording.follower import Follower
from nntui.lesson.events import Reload, Remark, Stop
from nntui.session.opening import of_following, of_scenario
from nntui.tui.app import NntuiApp
from tests.recording.making import recorder, small
from tests.tui.driven_app import Clock, a_session, driven, run_story
from tests.tui.lessons import Bell, bits, filled, here, steps

TWO = replace(load("two-by-two"), notes=())


class Writer:
    """A teacher: whatever they do is a line."""

    def __init__(self, path):
        self.path, self.seconds = path, 0.0
        self.begin()

    def begin(self):
        self.recorder = recorder(self.path, TWO)

    def position(self, step):
        self.do(lambda t: Stop(t, step))

    def do(self, event):
        self.seconds += 1
        assert self.recorder.record(event(self.seconds)), self.recorder.trouble

    def leave(self):
        self.recorder.close()


@pytest.fixture
def writer(tmp_path):
    one = Writer(tmp_path / "r.nnrec")
    one.position(0)
    one.position(1)
    yield one
    one.leave()


def followed(writer, story, size=(120, 40), session=None):
    run_story(story, opening=of_following(Follower(writer.path)), size=size, session=session)


async def comes(w, step):
    """Until the follower is at a step and it is painted."""
    await w.until(lambda: w.position.step == step)
    await filled(w)
    assert w.text() == w.expected()


def bar(w):
    return w.text().splitlines()[-2]


def test_it_opens_at_the_newest_stop_and_moves_as_the_writer_moves(writer):
    async def story(w):
        assert w.position.step == 1
        assert "live" in bar(w)
        assert "stop 2/2" in bar(w)
        for step in (2, 40, 3, TWO.course.last, 0):
            writer.position(step)
            await comes(w, step)
            assert "live" in bar(w)
        assert "stop 7/7" in bar(w)

    followed(writer, story)


@pytest.mark.sweep
@pytest.mark.parametrize("wander", [["left"], ["2", "right"], ["g", *"2:1", "enter"], ["pagedown"], ["home"], ["1", "end"]])
@pytest.mark.parametrize("back", ["backspace", "space"])
def test_one_may_wander_off_and_come_back(writer, wander, back, monkeypatch):
    clock = Clock()
    bell = Bell(monkeypatch, clock)

    async def story(w):
        await w.press(*wander)
        there = w.position.step
        assert not w.position.playing
        assert "live" not in bar(w)
        writer.position(30)
        writer.position(31)
        await w.until(lambda: "/4" in bar(w))
        assert w.position.step == there, "nobody is taken along who is away"
        if back == "space":
            await w.press("6", "space")
            while bell.wait:
                await bell.ring(w)
        else:
            await w.press(back)
        await comes(w, 31)
        assert "live" in bar(w)
        writer.position(32)
        await comes(w, 32)

    followed(writer, story, session=a_session(clock))


def test_a_pause_stays_and_space_catches_up_in_the_time_it_took(writer, monkeypatch):
    clock = Clock()
    bell = Bell(monkeypatch, clock)

    async def story(w):
        await w.press("space")
        writer.seconds += 10
        writer.position(30)
        writer.position(31)
        await w.until(lambda: "stop 2/4" in bar(w))
        assert (w.position.step, bell.wait) == (1, None)
        await w.press("space")
        assert [await bell.ring(w) for _ in range(2)] == pytest.approx([2, 1])
        assert "live" in bar(w)

    followed(writer, story, session=a_session(clock))


def test_the_writer_leaves_and_comes_back(writer):
    async def story(w):
        writer.leave()
        await w.until(lambda: "the writer has left" in bar(w))
        await w.press("left", "right", "1", "right", "backspace")
        assert w.position.step == 1
        writer.begin()
        await w.until(lambda: "has left" not in bar(w))
        writer.position(9)
        await w.until(lambda: "stop 2/3" in bar(w))
        await w.press("backspace")
        assert (w.position.step, "live" in bar(w)) == (9, True)

    followed(writer, story)


def test_who_stays_is_taken_along_when_the_writer_comes_back(writer):
    async def story(w):
        writer.leave()
        await w.until(lambda: "the writer has left" in bar(w))
        writer.begin()
        writer.position(9)
        await comes(w, 9)
        assert "live" in bar(w)

    followed(writer, story)


def test_a_removed_file_is_told_and_what_was_seen_stays(writer):
    async def story(w):
        writer.path.unlink()
        await w.until(lambda: "the file is gone" in bar(w))
        await w.press("left")
        assert w.position.step == 0
        await w.press("1", "right", "backspace")
        assert w.position.step == 0

    followed(writer, story)


def test_damage_is_told_and_what_is_before_it_stays(writer):
    async def story(w):
        with writer.path.open("ab") as file:
            file.write(b"00000000 {}\n")
        await w.until(lambda: "damaged from line 4 on" in bar(w))
        await w.press("left", "right")
        assert w.position.step == 1

    followed(writer, story)


def test_a_line_that_is_being_written_is_waited_for(writer):
    async def story(w):
        size = writer.path.stat().st_size
        writer.position(7)
        whole = writer.path.read_bytes()
        await comes(w, 7)
        assert len(whole) > size

    followed(writer, story)


def test_a_reload_of_the_writer_is_followed(writer):
    other = small()

    async def story(w):
        writer.do(lambda t: Reload(t, other, 2))
        await comes(w, 2)
        assert w.timeline.scenario.title == "One"
        writer.position(3)
        await comes(w, 3)
        await w.press("left", "left")
        assert (w.timeline.scenario.title, w.position.step) == ("Two by two", 1)
        await w.press("backspace")
        assert (w.timeline.scenario.title, w.position.step) == ("One", 3)

    followed(writer, story)


def test_notes_of_the_writer_are_shown_at_their_stop(writer):
    async def story(w):
        writer.do(lambda t: Remark(t, 1, "mind the sign"))
        await w.until(lambda: "mind the sign" in w.text())

    followed(writer, story)


def test_keyframes_that_come_are_used(writer):
    far = 1900 * TWO.course.length

    async def story(w):
        writer.position(far)
        await comes(w, far)
        assert here(w) == bits(writer.recorder._before.__closure__[0].cell_contents.frame(far))
        await w.until(lambda: w.timeline.computed > w.position.farthest)
        assert w.timeline.differs is None

    followed(writer, story)


def test_following_writes_nothing_into_the_file_and_keeps_its_own(writer, tmp_path):
    async def story(w):
        writer.position(5)
        await comes(w, 5)
        before = writer.path.read_bytes()
        await w.press("left", "right", "1", "right", "m", *"mine", "enter", "backspace")
        assert writer.path.read_bytes() == before

    session = a_session(history=SessionHistory(tmp_path / "state"))
    followed(writer, story, session=session)
    session.recorders.close()
    (own,) = (tmp_path / "state").iterdir()
    assert steps(own) == [1, 5, 1, 5, 6, 6, 5]


def test_a_recording_that_is_followed_cannot_be_recorded_into(writer, monkeypatch):
    monkeypatch.chdir(writer.path.parent)

    async def story(w):
        await w.press("R", "ctrl+u", *"r.nnrec", "enter")
        await w.until(lambda: "r.nnrec: is being recorded by another session" in w.text())

    followed(writer, story)


def test_an_empty_lesson_is_waited_for(tmp_path):
    writer = Writer(tmp_path / "r.nnrec")

    async def story(w):
        assert w.address == "1:1:input"
        writer.position(4)
        await comes(w, 4)

    followed(writer, story)
    writer.leave()


def test_a_teacher_and_two_students_in_windows_of_different_sizes(tmp_path):
    teacher = a_session(Clock())
    teacher.recorders.begin(tmp_path / "r.nnrec", TWO)

    async def told():
        apps = [NntuiApp(teacher, of_scenario(TWO, reload=small))]
        async with driven(apps[0], (120, 40)) as first:
            apps += [NntuiApp(a_session(), of_following(Follower(tmp_path / "r.nnrec"))) for _ in range(2)]
            sizes = [(80, 24), (60, 20)]
            async with driven(apps[1], sizes[0]) as left, driven(apps[2], sizes[1]) as right:
                students = [left, right]
                for keys in (["right"] * 20, ["g", *"40:1:cost", "enter"], ["r"], ["right", "right"]):
                    await first.press(*keys)
                    for student, size in zip(students, sizes, strict=True):
                        await student.until(lambda student=student: here(student) == here(first))
                        await filled(student)
                        assert student.text() == plain(student.lesson.picture(*size))
                        assert "live" in bar(student)
                await students[0].press("left")
                await first.press("right")
                await students[1].until(lambda: here(students[1]) == here(first))
                assert here(students[0]) != here(first)
                teacher.recorders.close()
                for student in students:
                    await student.until(lambda student=student: "the writer has" in bar(student))

    asyncio.run(told())


def test_who_searches_is_not_taken_along_and_backspace_catches_up(writer):
    async def story(w):
        w.send("u", *"C < 0", "enter")
        await w.until(lambda: w.lesson.controllers.search.is_running)
        writer.position(40)
        w.lesson.controllers.following.look()
        assert w.lesson.controllers.search.is_running
        assert w.position.step == 1
        await w.until(lambda: not w.lesson.controllers.search.is_running)
        assert w.position.step == 1
        await w.press("backspace")
        await comes(w, 40)
        assert "live" in bar(w)

    followed(writer, story)
