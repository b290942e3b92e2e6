from pathlib import Path

import pytest

from core.data.audio.fsdd import Spoken
from core.data.audio.samples import sample
from core.inspection.audio.refusals import load_refusals
from core.inspection.measurements import NotMeasured
from core.shipping.speech_refusals import measure_refusals
from core.ui.sections.say_digit.verdict import refusals


def test_few_digits_are_refused_and_all_noise_and_silence() -> None:
    by_kind = {score.sounds: score for score in load_refusals().scores}
    digits = by_kind["digits that the networks have not learnt"]
    assert digits.cases == 250 and digits.refused / digits.cases < 0.05
    for sounds in ("seconds of noise", "seconds of silence"):
        assert by_kind[sounds].refused == by_kind[sounds].cases
    assert f"of {digits.cases} digits that the networks have not learnt" in refusals(load_refusals())


def test_it_is_measured_on_digits_and_what_is_made_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.shipping.speech_refusals._MADE", 2)
    spoken = [Spoken(sample(digit, "theo").samples, digit, "theo", 0) for digit in (1, 7)]
    measured = measure_refusals({}, spoken)
    assert [score.cases for score in measured.scores] == [2] * 7
    assert [score.digits for score in measured.scores] == [True] + [False] * 6
    noise, silence = measured.scores[4:6]
    assert noise.refused == silence.refused == 2


def test_a_missing_measurement_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotMeasured, match="speech-refusals"):
        load_refusals(tmp_path / "nothing.json")
