"""`[data] image`: inputs that are the pixels of a picture."""

import pytest

from nntui.files.io.errors import InputError
from nntui.files.scenario.read import scenario_from_text
from nntui.files.scenario.save import save_scenario

IMAGE = """\
format = 1
title = "Four pixels"
[network]
[[network.layer]]
units = 1
activation = "sigmoid"
[training]
eta = 0.5
epochs = 2
[data]
x = [[0, 1, 1, 0]]
y = [[1]]
image = {image}
"""


def test_an_image_has_a_pixel_for_each_input():
    assert scenario_from_text(IMAGE.format(image="[2, 2]"), "s.toml").image == (2, 2)
    assert scenario_from_text(IMAGE.format(image="[1, 4]"), "s.toml").image == (1, 4)


@pytest.mark.parametrize(
    ("image", "found", "expected"),
    [
        ("[2, 3]", "2 × 3 = 6 pixels", "expected 4, one for each input"),
        ("[4]", "a list of 1", "rows and columns"),
        ("[2.0, 2.0]", "a list of 2", "two whole numbers"),
        ("[0, 4]", "a list of 2", "from 1 to"),
        ("4", "4", "such as [8, 8]"),
    ],
)
def test_what_is_no_image_is_said(image, found, expected):
    with pytest.raises(InputError) as fault:
        scenario_from_text(IMAGE.format(image=image), "s.toml")
    assert fault.value.line == 13
    assert found in fault.value.message
    assert expected in fault.value.message


def test_an_image_is_saved_and_read_back(tmp_path):
    saved = save_scenario(tmp_path / "new.toml", scenario_from_text(IMAGE.format(image="[2, 2]"), "s.toml"))
    assert scenario_from_text(saved[0].read_text(), "new.toml").image == (2, 2)
