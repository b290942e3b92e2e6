import numpy as np
import pytest
import torch

from core import api
from core.data.audio.prepare import PreparedSound, prepare_sound
from core.data.audio.recording import read_recording
from core.data.audio.samples import FOLDER, SPEAKERS, sample, sample_bytes
from core.inspection.audio.reading import KINDS, answer, hear, hirescam, maps_of, read_sound, speech_card
from core.models.shipped import load_shipped


@pytest.fixture(scope="module")
def seven() -> PreparedSound:
    return prepare_sound(sample(7, "theo"))


def test_most_samples_are_read_right_and_none_is_refused_for_its_sound() -> None:
    right = 0
    for digit in range(10):
        for speaker in SPEAKERS:
            prepared = prepare_sound(sample(digit, speaker))
            assert not prepared.speech.reason
            right += answer(prepared, read_sound(prepared.picture)).digit == digit
    assert right >= 18


def test_the_last_step_of_the_gru_is_its_answer(seven: PreparedSound) -> None:
    readings = {reading.kind: reading for reading in read_sound(seven.picture)}
    for kind in ("gru", "cnn-gru"):
        hearing = hear(kind, seven.picture)
        np.testing.assert_allclose(hearing.probabilities[-1], readings[kind].probabilities, atol=1e-5)
        assert len(hearing.seconds) == len(hearing.states) == len(hearing.probabilities)
        assert hearing.seconds[-1] <= len(seven.samples) / 8000 + 0.001
    with pytest.raises(ValueError, match="hears no steps"):
        hear("cnn", seven.picture)


def test_sure_from_is_when_it_stays_sure(seven: PreparedSound) -> None:
    hearing = hear("gru", seven.picture)
    rising = hearing.probabilities[:, hearing.digit]
    if hearing.sure_from is not None:
        assert (rising[hearing.seconds >= hearing.sure_from] >= 0.9).all()
        assert not (rising >= 0.9).all() or hearing.sure_from == hearing.seconds[0]


def test_hirescam_is_captums_gradient_times_activation(seven: PreparedSound) -> None:
    from captum.attr import LayerGradientXActivation

    network = load_shipped("speech-cnn").network
    length = seven.picture.shape[0] // 4 * 4  # without a rest, so that captum's enlargement is the same
    sound = torch.from_numpy(seven.picture)[None, :length].requires_grad_()
    coarse = LayerGradientXActivation(network, network.blocks[2]).attribute(sound, target=7).sum(1, keepdim=True)
    large = torch.nn.functional.interpolate(coarse.relu().detach(), (length, 32), mode="bilinear", align_corners=False)[
        0, 0
    ]
    said = hirescam(seven.picture[:length], 7)
    np.testing.assert_allclose(said.values, large / large.max(), atol=1e-3)
    assert said.total == pytest.approx(float(coarse.detach().sum()), abs=1e-3)
    assert said.logit == pytest.approx(float(network(sound)[0, 7].detach()), abs=1e-3)
    assert maps_of(seven.picture).shape == (48, 8, len(seven.picture) // 4)


def test_every_sample_has_places_that_speak_for_its_digit() -> None:
    for digit in range(10):
        for speaker in SPEAKERS:
            picture = prepare_sound(sample(digit, speaker)).picture
            said = hirescam(picture, read_sound(picture)[0].digit)
            assert said.values.max() == pytest.approx(1)
            assert abs(said.total - said.logit) < 0.2, "the biases of the last layers are small"


def test_cards_say_how_strangers_are_understood() -> None:
    for kind in KINDS:
        card = speech_card(kind)
        assert card.parameters <= 300_000
        assert len(card.also) == 5 and all(score.cases == 500 for score in card.also)
        mean = 100 * sum(score.accuracy for score in card.also) / 5
        assert card.figures["mean accuracy on a voice left out, %"] == pytest.approx(mean, abs=0.01)
        assert (load_shipped(f"speech-{kind}").card.test.cases) == 250


def test_the_api_reads_a_file_and_refuses_in_sentences(tmp_path) -> None:
    found = api.read_recording(FOLDER / "7_theo_0.flac")
    assert found.digit == 7 and found.probabilities.argmax() == 7 and not found.reason
    assert found.probabilities.sum() == pytest.approx(1, abs=1e-5)
    with pytest.raises(api.UnreadableRecording, match="cannot be read"):
        api.read_recording(tmp_path / "nothing.wav")
    (tmp_path / "damaged.wav").write_bytes(sample_bytes(7, "theo")[:50])
    with pytest.raises(api.UnreadableRecording):
        api.read_recording(tmp_path / "damaged.wav")
    assert read_recording(sample_bytes(3, "jackson")).rate == 8000
