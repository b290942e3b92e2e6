"""The page "Train" in a real Chromium, of a server whose runs are trained on another node."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from core.runs.cluster.runner import ClusterRunner
from tests.browser.test_train import context, test_curves_grow_in_place_and_the_run_is_steered
from tests.support.ray_cluster import TestCluster
from tests.support.serving import running_app

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

__all__ = ["context", "test_curves_grow_in_place_and_the_run_is_steered"]


@pytest.fixture(scope="module")
def server(cluster: TestCluster, runner: ClusterRunner) -> Iterator[str]:
    """A page server with the home and the cluster of the other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYGROUND_CLUSTER", cluster.address)
        with running_app(cluster.folder / "server") as address:
            yield address


def test_the_side_bar_says_what_the_cluster_has(server: str, context: BrowserContext, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(f"{server}/train")
    expect(page.locator("[data-testid=stSidebar]")).to_contain_text("on 1 machine", timeout=60_000)
    page.screenshot(path=tmp_path / "bar.png")
