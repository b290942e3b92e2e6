"""Networks that read sentences without a memory, and those that guess the next word: against direct computations."""

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from core.models.cells import CELLS, unroll, weights_of
from core.models.text.baselines import BagOfWords, WindowReader, WordCNN
from core.models.text.embeddings import WordVectors, last_state, lengths_of, word_mask
from core.models.text.recurrent import NextWord, SentenceReader

SIZE, WIDTH, PIECES = 40, 5, 4

BUILDERS = {
    "bag": lambda: BagOfWords(SIZE),
    "window": lambda: WindowReader(SIZE, WIDTH, window=3, hidden_size=6, dropout=0.5),
    "window of 4": lambda: WindowReader(SIZE, WIDTH, window=4, hidden_size=6),
    "cnn": lambda: WordCNN(SIZE, WIDTH, channels=6, dropout=0.5),
    "cnn of 5": lambda: WordCNN(SIZE, WIDTH, channels=6, kernel_size=5),
    **{cell: (lambda cell=cell: SentenceReader(SIZE, WIDTH, cell, 6, dropout=0.5)) for cell in CELLS},
    **{f"bi-{cell}": (lambda cell=cell: SentenceReader(SIZE, WIDTH, cell, 6, bidirectional=True)) for cell in CELLS},
}

SENTENCES = st.lists(
    st.lists(st.lists(st.integers(1, SIZE - 1), min_size=1, max_size=PIECES), min_size=1, max_size=9),
    min_size=1,
    max_size=4,
)
"""Sentences of words of pieces."""


def seeded(build) -> nn.Module:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(4)
        return build().eval()


NETWORKS = {name: seeded(build) for name, build in BUILDERS.items()}


def packed(sentences: list[list[list[int]]], more: int = 0) -> Tensor:
    """Pieces (B, T + more, P), filled up with 0."""
    longest = max(map(len, sentences)) + more
    pieces = torch.zeros(len(sentences), longest, PIECES, dtype=torch.long)
    for row, words in enumerate(sentences):
        for place, word in enumerate(words):
            pieces[row, place, : len(word)] = torch.tensor(word)
    return pieces


def answer(network: nn.Module, pieces: Tensor) -> Tensor:
    with torch.no_grad():
        return network(pieces)


def close(one: Tensor, other: Tensor, atol: float = 1e-5) -> None:
    torch.testing.assert_close(one, other, atol=atol, rtol=0)


# ---- words ---------------------------------------------------------------------------------------------------------


def test_a_word_is_the_mean_of_its_pieces() -> None:
    words = WordVectors(SIZE, WIDTH).eval()
    rows = words.table.weight
    found = words(torch.tensor([[[3, 0, 0], [4, 5, 9], [0, 0, 0]]]))[0]
    close(found[0], rows[3])
    close(found[1], (rows[4] + rows[5] + rows[9]) / 3)
    assert not found[2].any()


def test_lengths_and_last_states() -> None:
    pieces = packed([[[1], [2, 3]], [[4]], []], more=1)
    assert lengths_of(pieces).tolist() == [2, 1, 1]
    assert word_mask(pieces).tolist() == [[True, True, False], [True, False, False], [False] * 3]
    states = torch.arange(9.0).reshape(3, 3, 1)
    assert last_state(states, lengths_of(pieces)).flatten().tolist() == [1, 3, 6]


# ---- all of them ---------------------------------------------------------------------------------------------------


@given(st.sampled_from(sorted(NETWORKS)), SENTENCES, st.integers(0, 6))
def test_padding_never_changes_an_answer(name: str, sentences: list[list[list[int]]], more: int) -> None:
    network = NETWORKS[name]
    together = answer(network, packed(sentences, more))
    assert together.shape == (len(sentences), 2)
    for row, words in enumerate(sentences):
        close(answer(network, packed([words]))[0], together[row])


@pytest.mark.parametrize("name", NETWORKS)
def test_a_sentence_without_words_has_an_answer(name: str) -> None:
    assert answer(NETWORKS[name], torch.zeros(2, 3, PIECES, dtype=torch.long)).isfinite().all()


@pytest.mark.parametrize("name", sorted(set(NETWORKS) - {"bag"}))
def test_all_but_the_bag_of_words_see_the_order(name: str) -> None:
    words = [[1], [2], [3], [4], [5]]
    there, back = answer(NETWORKS[name], packed([words, words[::-1]]))
    assert (there - back).abs().max() > 1e-4


# ---- bag of words --------------------------------------------------------------------------------------------------


@given(SENTENCES, st.randoms(use_true_random=False))
def test_the_bag_of_words_is_blind_to_order(sentences: list[list[list[int]]], random) -> None:
    shuffled = [random.sample(words, len(words)) for words in sentences]
    bag = NETWORKS["bag"]
    close(answer(bag, packed(sentences)), answer(bag, packed(shuffled)), atol=1e-6)


def test_the_bag_of_words_adds_up() -> None:
    bag = NETWORKS["bag"]
    assert isinstance(bag, BagOfWords)
    pieces = packed([[[3], [4, 5], [3]]])
    with torch.no_grad():
        table, dense = bag.words.table.weight[:, 0], bag.dense
        total = 2 * table[3] + (table[4] + table[5]) / 2
        close(bag(pieces)[0], total * dense.weight[:, 0] + dense.bias)
        close(bag.contributions(pieces).sum(1)[0] + dense.bias, bag(pieces)[0])
        assert bag.contributions(pieces).shape == (1, 3, 2)


# ---- window --------------------------------------------------------------------------------------------------------


def test_a_window_by_hand() -> None:
    """Words are the numbers 1 and 3; one unit sees 1 * left + 10 * right - 5; windows see (0, 1), (1, 3) and (3, 0)."""
    network = WindowReader(3, 1, window=2, hidden_size=1).eval()
    with torch.no_grad():
        network.words.table.weight.copy_(torch.tensor([[0.0], [1.0], [3.0]]))
        network.look.weight.copy_(torch.tensor([[1.0, 10.0]]))
        network.look.bias.fill_(-5.0)
        network.dense.weight.copy_(torch.tensor([[1.0], [-1.0]]))
        network.dense.bias.copy_(torch.tensor([0.0, 0.5]))
        seen = [max(0, 0 + 10 - 5), max(0, 1 + 30 - 5), max(0, 3 + 0 - 5)]
        mean = sum(seen) / 3
        assert seen == [5, 26, 0]
        for more in (0, 3):
            assert network(packed([[[1], [2]]], more))[0].tolist() == pytest.approx([mean, -mean + 0.5], abs=1e-5)


@given(st.sampled_from(["window", "window of 4"]), SENTENCES)
def test_windows_are_those_of_a_loop(name: str, sentences: list[list[list[int]]]) -> None:
    network = NETWORKS[name]
    assert isinstance(network, WindowReader)
    words = sentences[0]
    with torch.no_grad():
        vectors = network.words(packed([words]))[0]
        nothing = torch.zeros(network.window - 1, WIDTH)
        row = torch.cat([nothing, vectors, nothing])
        weights = network.look.weight.reshape(-1, WIDTH, network.window)  # units, numbers of a word, words
        seen = [
            F.relu(torch.einsum("uwn,nw->u", weights, row[at : at + network.window]) + network.look.bias)
            for at in range(len(words) + network.window - 1)
        ]
        close(network(packed([words]))[0], network.dense(torch.stack(seen).mean(0)))


# ---- convolution ---------------------------------------------------------------------------------------------------


@given(st.sampled_from([("cnn", 3), ("cnn of 5", 5)]), SENTENCES, st.integers(0, 4))
def test_convolutions_are_those_of_a_loop(kind: tuple[str, int], sentences: list[list[list[int]]], more: int) -> None:
    name, size = kind
    network = NETWORKS[name]
    assert isinstance(network, WordCNN)

    def convolve(layer: nn.Conv1d, rows: Tensor) -> Tensor:
        nothing = torch.zeros(size // 2, rows.shape[1])
        wide = torch.cat([nothing, rows, nothing])
        return torch.stack(
            [torch.einsum("oik,ki->o", layer.weight, wide[at : at + size]) + layer.bias for at in range(len(rows))]
        )

    with torch.no_grad():
        together = network(packed(sentences, more))
        for words, found in zip(sentences, together, strict=True):
            vectors = network.words(packed([words]))[0]
            maps = F.relu(convolve(network.conv2, F.relu(convolve(network.conv1, vectors))))
            close(found, network.dense(maps.amax(0)))


# ---- recurrent -----------------------------------------------------------------------------------------------------


@given(st.sampled_from(sorted(CELLS)), SENTENCES)
def test_a_bidirectional_reader_reads_in_both_directions(cell, sentences: list[list[list[int]]]) -> None:
    network = NETWORKS[f"bi-{cell}"]
    assert isinstance(network, SentenceReader)
    with torch.no_grad():
        pieces = packed(sentences)
        states = network.encode(network.words(pieces), word_mask(pieces))
        assert states.shape == (len(sentences), 12)
        for words, state in zip(sentences, states, strict=True):
            vectors = network.words(packed([words]))[0]
            there = unroll(cell, weights_of(network.recurrent), vectors)[-1].state
            back = unroll(cell, weights_of(network.recurrent, reverse=True), vectors.flip(0))[-1].state
            close(state, torch.cat([there, back]))


@given(st.sampled_from(sorted(CELLS)), SENTENCES)
def test_a_reader_decides_by_its_last_state(cell, sentences: list[list[list[int]]]) -> None:
    network = NETWORKS[cell]
    assert isinstance(network, SentenceReader)
    with torch.no_grad():
        for words, found in zip(sentences, network(packed(sentences)), strict=True):
            steps = unroll(cell, weights_of(network.recurrent), network.words(packed([words]))[0])
            close(found, network.dense(steps[-1].state))


# ---- the next word -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", CELLS)
def test_the_next_word_is_guessed_before_the_first_and_after_every_word(cell) -> None:
    network = seeded(lambda: NextWord(SIZE, 30, WIDTH, cell, 7, dropout=0.5))
    pieces = packed([[[1], [2, 3], [4]], [[5]]])
    with torch.no_grad():
        states, logits = network.encode(pieces), network(pieces)
        assert states.shape == (2, 4, 7) and logits.shape == (2, 4, 30)
        assert not states[:, 0].any()
        steps = unroll(cell, weights_of(network.recurrent), network.words(pieces)[0])
        close(states[0], torch.stack([step.state for step in steps]))
        close(logits[0, 2], network.words.table.weight[:30] @ network.dense(states[0, 2]) + network.bias)
        close(network(packed([[[5]]]))[0], logits[1, :2])  # what comes later changes nothing


@pytest.mark.parametrize("cell", CELLS)
def test_a_guess_knows_nothing_of_what_comes_after(cell) -> None:
    network = seeded(lambda: NextWord(SIZE, 30, WIDTH, cell, 7))
    one, other = answer(network, packed([[[1], [2], [3]], [[1], [2], [9]]]))
    close(one[:3], other[:3], atol=1e-6)
    assert (one[3] - other[3]).abs().max() > 1e-4
