"""How the networks that tag words are trained, in a small world."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from core.data.text.ambiguous import made_by_rule
from core.data.text.entities import FILES, IGNORED, OTHER, PERSON, Span, Tagged
from core.data.text.tokens import read_text
from core.data.text.vocabulary import Vocabulary
from core.models.shipped import load_shipped
from core.models.text.tagging import Tagger
from core.shipping import build
from core.shipping import tagging as shipped_tagging
from core.shipping.tagging import PAIR_KINDS, pairs_of, predict_tags
from core.shipping.training import one_cycle
from core.training.tasks import tagging
from core.training.tasks.tagging import tagging_loss


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """WNUT 2017 replaced by twenty sentences made by rule, a training of one epoch, files of four bytes."""
    for file in FILES.values():
        (tmp_path / file).write_bytes(b"data")
    few = made_by_rule(5, 5, 9, 3)
    monkeypatch.setattr(build, "folder_of", lambda name: tmp_path)
    for module in (shipped_tagging, tagging):
        monkeypatch.setattr(module, "posts", lambda part: few)
    monkeypatch.setattr(shipped_tagging, "CASES", 6)
    for name, count in (("FOLLOWS", 10), ("BEFORE", 5), ("PLAIN", 5)):
        monkeypatch.setattr(tagging, name, count)
    monkeypatch.setattr(build, "THREADS", 1)  # threads of several programs wait for each other
    training = one_cycle(epochs=1, batch_size=10, learning_rate=1e-3, clip_norm=1.0)
    for name, shipped in shipped_tagging.TAGGING_TRAININGS.items():
        monkeypatch.setitem(build.TRAININGS, name, replace(shipped, training=training))
    threads = torch.get_num_threads()
    yield
    torch.use_deterministic_algorithms(False)
    torch.set_num_threads(threads)


@pytest.mark.parametrize("name", ["tagger-forward", "tagger-bilstm"])
def test_the_same_seed_gives_the_same_file(small_world: None, tmp_path: Path, name: str) -> None:
    first, again = (build.pretrain(name, tmp_path / folder) for folder in ("first", "again"))
    files = [(tmp_path / folder / f"{name}.safetensors").read_bytes() for folder in ("first", "again")]
    assert files[0] == files[1]
    assert first.weights_sha256 == again.weights_sha256
    assert load_shipped(name, tmp_path / "first").card == first
    assert set(first.data_sha256) == set(FILES.values())
    assert [score.cases for score in first.also] == [12, 6] * len(PAIR_KINDS)
    assert len(first.figures) == 9 and all(0 <= value <= 1 for value in first.figures.values())


def test_the_kinds_of_pairs_keep_back_what_they_say(small_world: None) -> None:
    assert len({kind.title for kind in PAIR_KINDS}) == len(PAIR_KINDS)
    assert not any(not kind.names_held_out and not kind.patterns_held_out for kind in PAIR_KINDS)
    for kind in PAIR_KINDS:
        assert len(pairs_of(kind, 0)) == 6


def test_the_loss_asks_nothing_beyond_the_end() -> None:
    logits = torch.tensor([[[2.0, 0.0, 0.0], [0.0, 3.0, 0.0]]])
    full = torch.tensor([[OTHER, PERSON, IGNORED]])
    expected = torch.nn.functional.cross_entropy(logits[0], full[0, :2])
    torch.testing.assert_close(tagging_loss(logits, full), expected)
    alone = torch.nn.functional.cross_entropy(logits[0, :1], full[0, :1])
    torch.testing.assert_close(tagging_loss(logits, torch.tensor([[OTHER, IGNORED]])), alone)


def test_every_word_gets_its_likeliest_tag() -> None:
    class Capitals(torch.nn.Module):
        def forward(self, pieces: torch.Tensor) -> torch.Tensor:
            return torch.nn.functional.one_hot((pieces[..., -1] == 2).long(), 3).float()

    sentences = [
        Tagged(read_text("i saw Ann").tokens, (Span(2, 3, PERSON),)),
        Tagged(read_text("Bob").tokens, (Span(0, 1, PERSON),)),
    ]
    said = predict_tags(Capitals(), Vocabulary(()), sentences)
    assert said == [(OTHER, OTHER, PERSON), (PERSON,)]


@pytest.mark.parametrize("bidirectional", [False, True])
def test_only_one_of_them_looks_ahead(bidirectional: bool) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = Tagger(20, 6, 2, 5, bidirectional).eval()
    pieces = torch.tensor([[[3, 4, 1], [5, 0, 2], [7, 0, 1]]])
    other = pieces.clone()
    other[0, 2, 0] = 9
    with torch.inference_mode():
        one, two = network(pieces)[0, 0], network(other)[0, 0]
    assert torch.allclose(one, two) is not bidirectional
