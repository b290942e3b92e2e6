"""Networks trained all at once are what each of them would have become by itself."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import torch
from torch import nn

from core.inspection.points import shared_trials
from core.inspection.points.luck import RATES, UPDATES, try_seeds
from core.inspection.points.shared_trials import TooMany, trial_of
from core.inspection.points.xor import INPUTS, XOR, new_network, new_networks


def train_alone(seed: int, rate: float, updates: int) -> tuple[float, int]:
    """Return the loss of one network, and how many rows it answers as wanted."""
    torch.manual_seed(seed)
    network = new_network("relu")
    optimiser = torch.optim.Adam(network.parameters(), lr=rate)
    wanted = torch.tensor(XOR, dtype=torch.float32)
    for _ in range(updates):
        optimiser.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(network(INPUTS)[:, 0], wanted).backward()
        optimiser.step()
    with torch.no_grad():
        logits = network(INPUTS)[:, 0]
    return nn.functional.binary_cross_entropy_with_logits(logits, wanted).item(), int(
        ((logits > 0) == (wanted > 0)).sum()
    )


def test_each_seed_is_what_it_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.inspection.points.luck.UPDATES", (20, 100))
    before = torch.random.get_rng_state()
    outcomes = list(try_seeds(seeds=6))
    assert torch.equal(torch.random.get_rng_state(), before)
    assert [one.updates for one in outcomes] == [20, 100]
    for seed in (0, 5):
        for place, rate in enumerate(RATES):
            for outcome in outcomes:
                loss, right = train_alone(seed, rate, outcome.updates)
                assert outcome.losses[place, seed] == pytest.approx(loss, abs=1e-4)
                assert outcome.right[place, seed] == right


def test_first_weights_are_pytorchs_whatever_other_threads_draw() -> None:
    ended = Event()

    def draw() -> None:
        while not ended.is_set():
            torch.rand(3)

    with torch.random.fork_rng(devices=[]), ThreadPoolExecutor(1) as pool:
        expected = []
        for seed in range(40):
            torch.manual_seed(seed)
            expected.append(new_network("tanh").state_dict())
        pool.submit(draw)
        try:
            found = new_networks("tanh", range(40))
        finally:
            ended.set()
    assert list(found) == list(expected[0])
    for name, values in found.items():
        assert torch.equal(values, torch.stack([one[name] for one in expected]))


def test_the_tutorials_setting_is_mostly_bad_luck(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.inspection.points.luck.UPDATES", UPDATES[:1])
    (outcome,) = try_seeds()
    assert outcome.losses.shape == outcome.right.shape == (3, 200)
    assert outcome.solved(0) < 60 < 120 < outcome.solved(1)


def test_a_constant_is_learnt_by_nearly_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.inspection.points.luck.UPDATES", UPDATES[:1])
    (outcome,) = try_seeds((1, 1, 1, 1), "tanh")
    assert outcome.solved(2) == 200


def test_a_trial_is_made_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.inspection.points.luck.UPDATES", (1, 2, 3))
    trial = trial_of((0, 0, 1, 0), "sigmoid")
    assert trial.future is not None
    trial.future.result(60)
    assert trial.done and trial_of((0, 0, 1, 0), "sigmoid") is trial


def test_many_different_trials_wait_for_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.inspection.points.luck.UPDATES", (1, 2, 3))
    monkeypatch.setattr(shared_trials, "WAITING", 0)
    with pytest.raises(TooMany, match="Try again"):
        trial_of((1, 0, 1, 0), "sigmoid")
