"""What if, over SSH: a teacher forks and runs until, students see it live, and a lost line comes back in the fork."""

from nntui.explain.notation.numerals import FOUR
from nntui.files.library import load
from nntui.files.recording.reader import read_recording
from nntui.files.recording.verify import report
from nntui.training.timeline import Timeline


def test_a_fork_is_followed_live_and_its_numbers_are_those_of_the_fork(host, tmp_path):
    lesson = tmp_path / "lesson.nnrec"
    teacher = host.open("xor", "--record", lesson, size=(120, 40))
    teacher.until("step 1/17")
    students = [host.open(lesson, "--follow", size=size) for size in ((80, 24), (120, 40))]
    for student in students:
        student.until("live")
    teacher.press("u", *"C < 0.11", "\r")
    teacher.until("C = 0.1")
    address = next(line for line in teacher.text().splitlines() if "C = 0.1" in line).split(" at ")[-1].split()[0].strip(".")
    teacher.press("e", *"eta=2 w1.1.1=-3", "\r")
    teacher.until("XOR › η = 2, w⁰₁₁ = −3")
    timeline = Timeline(load("xor"))
    step = timeline.course.parse(address)
    fork = timeline.fork(timeline.course.iteration(step), "eta=2 w1.1.1=-3")
    shown = f"{FOUR.write(fork.frame(step).iteration.cost)}"
    teacher.until(shown)
    for student in students:
        student.until("XOR ›")
        student.until(shown)
    teacher.press("f")
    teacher.until("beside original")
    teacher.press("\r")
    for student in students:
        student.until(lambda text: "›" not in text.splitlines()[0])
    teacher.press("q", "q")  # the forks close first
    assert teacher.ended() == 0
    assert report(read_recording(lesson))[1] == 0


def test_a_line_lost_in_a_fork_comes_back_in_the_fork(host, tmp_path):
    state = tmp_path / "state"
    client = host.open("xor", XDG_STATE_HOME=state)
    client.until("step 1/17")
    client.press("e", *"eta=2", "\r")
    client.until("XOR › η = 2")
    client.press("f", "m", *"\x15fast", "\r")  # the original is chosen, and it may have a name too
    client.press("\x1b", "x", "\x1b", "d", "l")
    client.until("right now")
    client.press("\x1b", "right")
    client.until("step 2/17")
    client.kill()
    host.until_gone(client.app)
    again = host.open("--resume", XDG_STATE_HOME=state)
    again.until("step 2/17")
    again.until("XOR › η = 2")
    again.press("f")
    again.until("fast")
    again.press("q", "q")  # the forks close first
    assert again.ended() == 0
