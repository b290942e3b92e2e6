"""How the networks that write letter by letter are trained, in a small world."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from core.data.text.shakespeare import encode, part, plays
from core.models.shipped import load_shipped
from core.models.text.letters import letter_writer
from core.shipping import build
from core.shipping import letters as shipped_letters
from core.shipping.letters import measure
from core.shipping.training import one_cycle

TEXT = "JULIET:\nO Romeo, Romeo!\n\nROMEO:\nShall I hear more?\n\n" * 60


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The plays replaced by two lines again and again, trainings of two epochs."""
    folder = tmp_path / "tinyshakespeare"
    folder.mkdir()
    (folder / "input.txt").write_text(TEXT, encoding="ascii")
    monkeypatch.setenv("PLAYGROUND_DATA", str(tmp_path))
    plays.cache_clear()
    monkeypatch.setattr(build, "THREADS", 1)  # two threads that share a busy core wait for each other
    for name, shipped in shipped_letters.LETTER_TRAININGS.items():
        monkeypatch.setitem(
            build.TRAININGS,
            name,
            replace(
                shipped,
                training=one_cycle(epochs=2, batch_size=8, learning_rate=3e-3),
                options={"passage": 32},
            ),
        )
    threads = torch.get_num_threads()
    yield
    plays.cache_clear()
    torch.use_deterministic_algorithms(False)
    torch.set_num_threads(threads)


def test_the_same_seed_gives_the_same_file(small_world: None, tmp_path: Path) -> None:
    first, again = (build.pretrain("letters-gru", tmp_path / folder) for folder in ("first", "again"))
    assert first.weights_sha256 == again.weights_sha256
    shipped = load_shipped("letters-gru", tmp_path / "first")
    assert shipped.card == first and first.precision == "float16"
    assert list(first.data_sha256) == ["input.txt"]
    tested = part("test")
    bits, right = measure(shipped.network, tested, "x")
    assert first.test.correct == right.correct and first.test.cases == len(tested)
    assert round(bits, 3) in first.figures.values() and bits < math.log2(65)


class Always(nn.Module):
    """Knows the text "ab" again and again: a after b and b after everything else."""

    def forward(self, letters: torch.Tensor) -> torch.Tensor:
        a, b = encode("ab").tolist()
        logits = torch.full((*letters.shape, 65), -30.0)
        logits[..., a] = torch.where(letters == b, 0.0, -30.0)
        logits[..., b] = torch.where(letters == b, -30.0, 0.0)
        return logits


def test_bits_and_right_answers_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped_letters, "SCORED", 4)
    # The first letter comes after the end of a line, where b is expected; then everything is right.
    bits, right = measure(Always(), "ab" * 5, "by hand")
    assert (right.cases, right.correct) == (10, 9)
    assert bits == pytest.approx(30 / math.log(2) / 10, rel=1e-4)
    assert measure(Always(), "bab", "by hand")[1].correct == 3


def test_memory_begins_orthogonal() -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = letter_writer("lstm")
    for block in network.recurrent.weight_hh_l0.split(192):
        torch.testing.assert_close(block @ block.T, torch.eye(192), atol=1e-4, rtol=0)
