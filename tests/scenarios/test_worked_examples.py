"""Claims of the group "Worked examples"."""

from math import exp, log

import numpy as np

from tests.scenarios.claims import Run, claim, shown


@claim(
    "two-by-two",
    "one data point, two hidden neurons, two outputs",
    "(2015)",
    "C = 0.298371109 at 1:1:cost, his w5⁺ = 0.35891648 and w1⁺ = 0.149780716 in the updates",
    "He keeps the biases fixed, and so does this file",
    "His net h1: 0.15 · 0.05 + 0.20 · 0.10 + 0.35 = 0.3775. The bias is the largest part of it",
    "His out o1 = 0.75136507; the target is 0.01",
    "His E total = 0.298371109. The first output makes up 0.274811083 of it, the second only 0.023560026",
    "His ∂E/∂net o1 = 0.138498562: output 1 is too high",
    "His w5⁺ = 0.35891648 and w6⁺ = 0.408666186. The bias stays at 0.6",
    "His w1⁺ = 0.149780716. The input is only 0.05",
)
def test_two_by_two_prints_the_published_numbers(run: Run) -> None:
    """Every number the page prints for its first pass, with the digits it prints."""
    published = {
        "z:1:1": "0.3775",
        "a:1:1": "0.593269992",
        "a:1:2": "0.596884378",
        "z:2:1": "1.105905967",
        "a:2:1": "0.75136507",
        "a:2:2": "0.772928465",
        "cost": "0.298371109",
        "delta:2:1": "0.138498562",
    }
    assert shown(run.numbers("1:1:gradient:2:1")[1], "0.082167041")
    assert shown(run.numbers("1:1:gradient:1:1")[1], "0.000438568")
    for kind, printed in published.items():
        assert shown(run.value(f"1:1:{kind}"), printed), kind
    assert run.numbers("1:1:input") == [0.05, 0.1]
    a = [run.value(f"1:1:a:2:{k}") for k in (1, 2)]
    assert shown((a[0] - 0.01) ** 2 / 2, "0.274811083")
    assert shown((a[1] - 0.99) ** 2 / 2, "0.023560026")
    updates = {
        "2:1": ("0.35891648", "0.408666186"),
        "2:2": ("0.511301270", "0.561370121"),
        "1:1": ("0.149780716", "0.19956143"),
        "1:2": ("0.24975114", "0.29950229"),
    }
    for row, printed in updates.items():
        bias, *weights = run.numbers(f"1:1:update:{row}")
        assert bias == (0.6 if row.startswith("2") else 0.35)
        assert [shown(w, text) for w, text in zip(weights, printed, strict=True)] == [True, True]


@claim(
    "two-by-two",
    "row 2 of w⁰, and bias 0.35",
    "The target is 0.99. Where is a",
    "(14): each δ² times its w¹, then σ′",
    "Output 2 must come out higher",
)
def test_two_by_two_questions(run: Run) -> None:
    assert [question.at for question in run.scenario.questions] == [
        "1:1:z:1:2",
        "1:1:delta:2:2",
        "1:1:delta:1:2",
        "1:1:update:2:2",
    ]
    assert run.before("1:1:update:1:2") == [0.35, 0.25, 0.30]
    assert shown(run.value("1:1:z:1:2"), "0.3925")
    assert run.frame("1:1").y(2) == 0.99
    assert run.value("1:1:delta:2:2") < 0.0
    one, two, a = run.value("1:1:delta:2:1"), run.value("1:1:delta:2:2"), run.value("1:1:a:1:2")
    assert (one * 0.45 + two * 0.55) * (a * (1.0 - a)) == run.value("1:1:delta:1:2")
    new, old = run.frame("1:1").weights_after(2)[1], run.frame("1:1").weights_before(2)[1]
    assert (new[1:] > old[1:]).all()
    assert new[0] == old[0]


@claim("two-by-two", "(14): output 1 pulls h1 down, output 2 up. 0.1385 · 0.40 − 0.0381 · 0.50 = 0.0364, and σ′ leaves 0.0088")
def test_two_by_two_paths(run: Run) -> None:
    one, two = run.value("1:1:delta:2:1"), run.value("1:1:delta:2:2")
    assert shown(one, "0.1385")
    assert shown(two, "−0.0381")
    assert shown(one * 0.40 + two * 0.50, "0.0364")
    assert shown(run.value("1:1:delta:1:1"), "0.0088")


@claim(
    "two-by-two",
    "Here 0.291027774; his page says 0.291027924. That number comes out if δ¹ is formed with the new weights w¹",
)
def test_two_by_two_where_the_page_errs(run: Run) -> None:
    assert shown(run.value("2:1:cost"), "0.291027774")
    x, y = np.array([0.05, 0.10]), np.array([0.01, 0.99])
    inner, outer = np.array([[0.15, 0.20], [0.25, 0.30]]), np.array([[0.40, 0.45], [0.50, 0.55]])

    def forward() -> tuple[np.ndarray, np.ndarray]:
        h = 1 / (1 + np.exp(-(inner @ x + 0.35)))
        return h, 1 / (1 + np.exp(-(outer @ h + 0.60)))

    h, o = forward()
    delta = (o - y) * o * (1 - o)
    outer = outer - 0.5 * np.outer(delta, h)
    inner = inner - 0.5 * np.outer((outer.T @ delta) * h * (1 - h), x)  # the mistake: `outer` of after
    _, o = forward()
    assert shown(float(((o - y) ** 2).sum() / 2), "0.291027924")


@claim(
    "tanh-relu",
    "In the end relu1 is above 0 only where x₁ is larger, relu2 only where x₂ is. Where the inputs are equal both give 0, "
    "and 0 is the right answer",
)
def test_tanh_relu_shares_the_work(run: Run) -> None:
    assert (run.scenario.y[:, 0] == abs(run.scenario.x[:, 0] - run.scenario.x[:, 1])).all()
    for point, (x1, x2) in enumerate(run.scenario.x, start=1):
        assert (run.value(f"100:{point}:a:2:1") > 0.0) == (x1 > x2)
        assert (run.value(f"100:{point}:a:2:2") > 0.0) == (x2 > x1)


@claim("tanh-relu", "The mean cost falls from 0.3375 to under 0.001 by epoch 32")
def test_tanh_relu_learns(run: Run) -> None:
    assert shown(run.mean(1), "0.3375")
    assert run.under_from(0.001) == 32


@claim(
    "tanh-relu",
    "tanh(0.8) = 0.664",
    "no weight into relu2 learns from this data point",
    "Two paths lead back from layer 2, but the one through relu2 carries no error",
)
def test_tanh_relu_first_point(run: Run) -> None:
    assert run.value("1:1:z:1:1") == 0.8
    assert shown(run.value("1:1:a:1:1"), "0.664")
    assert shown(run.value("1:1:a:1:2"), "−0.4621")
    assert shown(run.value("1:1:z:2:2"), "−0.4891")
    assert run.value("1:1:a:2:2") == run.slope("1:1:a:2:2") == run.value("1:1:delta:2:2") == 0.0
    assert run.numbers("1:1:update:2:2") == run.before("1:1:update:2:2")


@claim(
    "tanh-relu",
    "Equal inputs: both ReLUs give 0 now. Only the output's bias is left, and it learns to be 0",
    "x₁ is larger by 2: relu1 gives 1.5567, relu2 gives 0, and the output is 2.0000",
)
def test_tanh_relu_later(run: Run) -> None:
    assert run.numbers("21:3:input") == [1.0, 1.0]
    assert run.value("21:3:a:2:1") == run.value("21:3:a:2:2") == 0.0
    assert run.value("21:3:z:3:1") == run.before("21:3:update:3:1")[0]
    assert abs(run.final(3)[0, 0]) < 1e-6
    assert run.numbers("100:5:input") == [1.0, -1.0]
    assert shown(run.value("100:5:a:2:1"), "1.5567")
    assert run.value("100:5:a:2:2") == 0.0
    assert shown(run.value("100:5:a:3:1"), "2.0000")


@claim(
    "softmax", "shares that add up to 1", "From epoch 3 on each point, at its turn, gives the largest share to the right output"
)
def test_softmax_learns(run: Run) -> None:
    assert run.all_right_from() == 3
    assert abs(sum(run.value(f"1:1:a:1:{k}") for k in (1, 2, 3)) - 1.0) < 1e-15


@claim(
    "softmax",
    "z is 0.1, 0.3, −0.2; e to these powers, divided by their sum: 0.3376, 0.4123, 0.2501",
    "C is −ln of the share of the right output: −ln 0.3376 = 1.0859",
    "δ = a − y: −0.6624 here, 0.4123 and 0.2501 for the others. The three add up to 0",
)
def test_softmax_by_hand(run: Run) -> None:
    z = [0.1, 0.3, -0.2]
    assert [run.value(f"1:1:z:1:{k}") for k in (1, 2, 3)] == z
    shares = [exp(v) / sum(map(exp, z)) for v in z]
    deltas = [run.value(f"1:1:delta:1:{k}") for k in (1, 2, 3)]
    for k, (share, text) in enumerate(zip(shares, ("0.3376", "0.4123", "0.2501"), strict=True), start=1):
        assert shown(share, text)
        assert shown(run.value(f"1:1:a:1:{k}"), text)
    assert shown(run.value("1:1:cost"), "1.0859")
    assert abs(run.value("1:1:cost") + log(shares[0])) < 1e-15
    assert [shown(d, text) for d, text in zip(deltas, ("−0.6624", "0.4123", "0.2501"), strict=True)] == [True] * 3
    assert abs(sum(deltas)) < 1e-15


@claim("softmax", "After a hundred epochs the share of the right output is 0.9955")
def test_softmax_ends(run: Run) -> None:
    assert run.frame("100:3").y(3) == 1.0
    assert shown(run.value("100:3:a:1:3"), "0.9955")
