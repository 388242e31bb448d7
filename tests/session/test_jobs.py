"""What is computed between two keys: one job of a kind at a time, each told when it is done, none when it is stopped."""

from nntui.session.movement.jobs import Jobs
from tests.session.fake_window import FakeWindow


def started(job="search", items=("1 of 2", "2 of 2")):
    window, done = FakeWindow(), []
    jobs = Jobs(window)
    jobs.start(job, iter(items), lambda: done.append(jobs.is_running(job)), repaint=0.2)
    return jobs, window, done


def test_a_job_tells_its_progress_repaints_meanwhile_and_has_ended_when_what_follows_begins():
    jobs, window, done = started()
    assert (jobs.is_running("search"), jobs.progress) == (True, "")
    assert window.slice("search")
    assert (jobs.progress, [timer.seconds for timer in window.ringing]) == ("1 of 2", [0.2])
    window.finish("search")
    assert (jobs.progress, window.ringing, done) == ("", [], [False])


def test_a_job_that_is_stopped_is_not_followed_by_anything():
    jobs, window, done = started()
    window.slice("search")
    assert jobs.stop("search")
    assert (jobs.is_running("search"), jobs.progress, window.ringing, window.jobs, done) == (False, "", [], {}, [])
    assert window.paints == 1, "the progress is not on the screen any more"
    assert not jobs.stop("search"), "there is none"
    assert window.paints == 1


def test_another_job_of_the_kind_replaces_it_and_one_of_another_kind_does_not():
    jobs, window, done = started("jump", ["far"])
    jobs.start("jump", iter(["farther"]), lambda: done.append("second"), repaint=0.2)
    jobs.start("plot", iter([""]), lambda: done.append("plot"), repaint=0.5)
    window.slice("jump")
    window.slice("plot")
    assert jobs.progress == "farther", "a job that says nothing hides none that does"
    window.finish("plot")
    window.finish("jump")
    assert done == ["plot", "second"]
