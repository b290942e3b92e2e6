#!/usr/bin/env bash
# Grad-CAM shows nothing at all for half the right answers of the network that every tutorial builds.
#
# Expected: where a CNN with 98 % right answers is sure, `LayerGradCam(..., relu_attributions=True)` for the class it names has at least one cell above 0.
# Happens: behind `Flatten` + `Linear` (two convolutions with pooling before them), half of the right answers and more get a map of zeros at the last pooling.
#   No warning, no exception: a black picture, or a division of zeros by zeros in whoever scales it to 1.
# Why: Grad-CAM multiplies each map by the mean of its gradients over all places. That mean says something behind a global pooling, where all places count
#   alike; behind a flattened map each place has weights of its own, they cancel out, and the ReLU removes what is left. Cell by cell (gradient times
#   activation, HiResCAM: Draelos and Carin, 2020), no right answer is empty, and all cells add up to the logit without its biases.
# Seen with captum 0.9.0, torch 2.15.0, Python 3.11. Source: captum/attr/_core/layer/grad_cam.py, "summed_grads = mean over the dimensions of space".
# Who is hit: pages that show "where the network looked" for small CNNs of their own, after the example of large ones with a global pooling.
# The way out: `LayerGradientXActivation(...).attribute(...).sum(1)`, and a sentence where nothing is above 0.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 captum==0.9.0 scikit-learn==1.9.1
OMP_NUM_THREADS=1 "$folder/venv/bin/python" - <<'PY'
import torch
from captum.attr import LayerGradCam, LayerGradientXActivation
from sklearn.datasets import load_digits
from torch import nn

digits = load_digits()
pictures, labels = torch.tensor(digits.images, dtype=torch.float32)[:, None] / 16, torch.tensor(digits.target)


def empty(maps: torch.Tensor) -> float:
    return float((maps.flatten(1).amax(1) <= 0).float().mean())


for seed in range(3):
    torch.manual_seed(seed)
    learnt, tested = torch.randperm(len(pictures)).split([1300, len(pictures) - 1300])
    network = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(256, 10),
    )
    optimizer = torch.optim.Adam(network.parameters(), 2e-3)
    for _ in range(30):
        for batch in learnt[torch.randperm(len(learnt))].split(32):
            optimizer.zero_grad()
            nn.functional.cross_entropy(network(pictures[batch]), labels[batch]).backward()
            optimizer.step()
    right = tested[network(pictures[tested]).argmax(1) == labels[tested]]
    inputs, target, last_pooling = pictures[right].requires_grad_(), labels[right], network[5]
    mean = empty(LayerGradCam(network, last_pooling).attribute(inputs, target=target, relu_attributions=True))
    each = empty(LayerGradientXActivation(network, last_pooling).attribute(inputs, target=target).sum(1))
    print(
        f"seed {seed}: {len(right)} of {len(tested)} new digits are read right; "
        f"nothing above 0 at the last pooling: Grad-CAM {mean:.0%} of them, cell by cell {each:.0%}"
    )
    assert len(right) > 0.95 * len(tested)
    assert mean > 0.3, "changed: Grad-CAM finds something for most right answers"
    assert each == 0, "changed: gradient times activation is empty too"
PY
