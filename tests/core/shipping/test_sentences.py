"""How the networks that read sentences are trained, in a small world."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.data.text.corpora import Corpus, made_by_rule
from core.data.text.generated import HELD_OUT_PATTERNS
from core.data.text.vocabulary import Vocabulary, shipped_vocabulary
from core.models.initialisation import initialise_recurrent
from core.models.shipped import load_shipped
from core.models.text.baselines import BagOfWords
from core.models.text.recurrent import SentenceReader
from core.models.text.sentences import initialise_from_bag, sentence_reader
from core.shipping import build
from core.shipping import sentences as shipped_sentences
from core.shipping.sentences import count_right, next_word_targets, training_corpus, write_sentence_vocabulary
from core.shipping.training import one_cycle

SMALL = Vocabulary(("good", "bad", "film", "the", "was"))


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """SST-2 replaced by sixty sentences made by rule, trainings of one epoch, files of four bytes."""
    folder = tmp_path / "sst2"
    folder.mkdir()
    for part in ("train", "dev", "test"):
        (folder / f"stsa.binary.{part}").write_bytes(b"data")
    monkeypatch.setattr(build, "folder_of", lambda name: folder)
    monkeypatch.setattr(shipped_sentences, "treebank", lambda part: made_by_rule(20, 20, len(part)))
    monkeypatch.setattr(shipped_sentences, "PAIRS", 50)
    monkeypatch.setattr(shipped_sentences, "SINGLES", 40)
    few = shipped_sentences.paired
    monkeypatch.setattr(shipped_sentences, "paired", lambda **given: few(**given, count=10))
    training = one_cycle(epochs=1, batch_size=20, learning_rate=1e-3, clip_norm=1.0)
    for name, shipped in shipped_sentences.SENTENCE_TRAININGS.items():
        monkeypatch.setitem(build.TRAININGS, name, replace(shipped, training=training))
    threads = torch.get_num_threads()
    yield
    torch.use_deterministic_algorithms(False)
    torch.set_num_threads(threads)


@pytest.mark.parametrize("name", ["sentence-bag", "sentence-cnn", "sentence-bilstm", "next-word"])
def test_the_same_seed_gives_the_same_file(small_world: None, tmp_path: Path, name: str) -> None:
    first, again = (build.pretrain(name, tmp_path / folder) for folder in ("first", "again"))
    files = [(tmp_path / folder / f"{name}.safetensors").read_bytes() for folder in ("first", "again")]
    assert files[0] == files[1]
    assert first.weights_sha256 == again.weights_sha256
    assert load_shipped(name, tmp_path / "first").card == first
    assert first.precision == "float16" and first.data_sha256.keys() == {
        f"stsa.binary.{part}" for part in ("train", "dev", "test")
    }
    if name == "next-word":
        assert set(first.perplexity) == {"60 sentences made by rule"} and min(first.perplexity.values()) > 1
    else:
        assert (first.test.cases, [score.cases for score in first.also]) == (60, [20, 20])


def test_the_score_on_the_card_is_that_of_the_file(small_world: None, tmp_path: Path) -> None:
    card = build.pretrain("sentence-rnn", tmp_path)
    network = load_shipped("sentence-rnn", tmp_path).network
    test = shipped_sentences.treebank("test")
    assert count_right(network, test, shipped_vocabulary()).correct == card.test.correct
    assert not any(parameter.requires_grad for parameter in network.parameters())


def test_nothing_held_out_is_in_the_lessons(small_world: None) -> None:
    held_out = shipped_sentences.paired(held_out=True).sentences
    strange = shipped_sentences.paired(held_out=False, patterns=HELD_OUT_PATTERNS).sentences
    assert len(training_corpus()) == 60 + 140
    assert not {*training_corpus().sentences} & {*held_out, *strange}


def test_the_vocabulary_is_written(small_world: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shipped_sentences, "FILE", tmp_path / "vocabulary.txt")
    monkeypatch.setattr(shipped_sentences, "KNOWN", 30)
    assert write_sentence_vocabulary() == 30
    written = (tmp_path / "vocabulary.txt").read_text().split()
    assert len(written) == 30 and {"the", "was", "not"} <= set(written)


def test_what_follows_by_hand() -> None:
    corpus = Corpus((("the", "film", "was", "odd"), ("bad",), ()), np.array([1, 0, 0]), "by hand")
    the, film, was, bad = (SMALL.number(word) for word in ("the", "film", "was", "bad"))
    assert next_word_targets(SMALL, corpus).tolist() == [
        [the, film, was, 1, 0],  # an unknown word is 1, the end is 0, and beyond it nothing is asked
        [bad, 0, -100, -100, -100],
        [0, -100, -100, -100, -100],
    ]


def test_right_answers_are_counted() -> None:
    class Always(torch.nn.Module):
        def forward(self, pieces: torch.Tensor) -> torch.Tensor:
            return torch.tensor([[0.0, 1.0]]).expand(len(pieces), 2)

    corpus = Corpus((("good",), ("bad",), ("film", "bad")), np.array([1, 0, 1]), "by hand")
    score = count_right(Always(), corpus, SMALL)
    assert (score.data, score.cases, score.correct) == ("by hand", 3, 2)
    assert count_right(Always(), corpus, SMALL, "another name").data == "another name"


@pytest.mark.parametrize("spread", [0.1, 0.3])
def test_networks_begin_with_the_weights_of_the_bag(spread: float) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        bag, network = BagOfWords(200), SentenceReader(200, 50, "gru", 6)
        initialise_from_bag(network, bag, spread)
    table = network.words.table.weight
    assert not table[0].any()
    kindness = bag.words.table.weight[:, 0] * (bag.dense.weight[1] - bag.dense.weight[0])
    torch.testing.assert_close(table[1:, 0], 0.3 * kindness[1:] / kindness.std())
    assert table[1:, 1:].std().item() == pytest.approx(spread, rel=0.05)


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_memory_begins_orthogonal_and_an_lstm_forgets_little(cell) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        layer = sentence_reader(cell, bidirectional=True).recurrent
        for weights in (layer.weight_hh_l0, layer.weight_hh_l0_reverse):
            for block in weights.split(layer.hidden_size):
                torch.testing.assert_close(block @ block.T, torch.eye(layer.hidden_size), atol=1e-5, rtol=0)
        before = [parameter.clone() for name, parameter in layer.named_parameters() if "bias_ih" in name]
        initialise_recurrent(layer)
    after = [parameter for name, parameter in layer.named_parameters() if "bias_ih" in name]
    size = layer.hidden_size
    for old, new in zip(before, after, strict=True):
        more = torch.zeros_like(old)
        if cell == "lstm":
            more[size : 2 * size] = 1  # PyTorch's second block is the forget gate
        torch.testing.assert_close(new - old, more)
