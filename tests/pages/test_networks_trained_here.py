"""A network that was trained here, on every page where one is chosen."""

from pathlib import Path

import pytest

from core.runs.store.rights import Person
from core.runs.workers.execute import execute
from core.runs.workers.local import runner
from core.training.control import Control
from tests.support.apps import html_of, open_page
from tests.support.stripes import short_run, store_stripes

HOSTILE = "<b>*mine*</b> :red[x] $y$"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    config = short_run(store_stripes())
    store = runner().store
    run = store.create(config.model_copy(update={"title": HOSTILE}), "me", "starting")
    assert execute(store, run, Control()) == "finished"
    return run


def test_it_reads_the_digit_beside_the_shipped_ones(run: str) -> None:
    app = open_page("draw_digit", trained=run)
    chart = html_of(app, "probabilities")
    assert "&lt;b&gt;*mine*&lt;/b&gt;" in chart
    assert "<b>*mine*" not in chart
    assert "standing" in chart
    assert "lying" in chart
    assert "of 60 test images right" in chart
    assert "All 3 networks say" in html_of(app, "prediction")
    assert app.query_params["trained"] in (run, [run])
    app.button(f"put-away-{run}").click().run()
    assert "mine" not in html_of(app, "probabilities")
    assert "trained" not in app.query_params


def test_the_inside_page_offers_it(run: str) -> None:
    app = open_page("cnn_inside", trained=run, inside="Pixels and softmax")
    labels = [option for control in app.get("button_group") for option in control.options]
    assert any("mine" in str(label) for label in labels)


@pytest.mark.parametrize("named", ["0123456789ab", "../../etc", "<b>", "a,b,,c"])
def test_an_unknown_run_in_a_link_gives_a_calm_page(run: str, named: str) -> None:
    app = open_page("draw_digit", trained=named)
    assert any("not on this server" in caption.value for caption in app.caption)
    assert "All 3 networks say" in html_of(app, "prediction")


def test_a_run_whose_files_are_gone_is_passed_over(run: str) -> None:
    for file in (runner().store.folder / run).iterdir():
        file.unlink()
    app = open_page("draw_digit", trained=run)
    assert "mine" not in html_of(app, "probabilities")


def test_its_own_reader_comes_first_and_is_found_again_after_a_full_page_load(
    run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.ui.widgets.networks.person", lambda: Person("me"))
    app = open_page("train", run=run)
    assert not app.get("page_link")
    app.button("train-use").click().run()
    assert [link.proto.page for link in app.get("page_link")] == ["draw-digit", "cnn-inside"]
    another = open_page("draw_digit")  # another session of the same browser, without a word in the address
    chart = html_of(another, "probabilities")
    assert 0 < chart.index("mine") < chart.index("<b>CNN</b>")
    another.button(f"put-away-{run}").click().run()
    assert "mine" not in html_of(open_page("draw_digit"), "probabilities")


def test_another_tab_hears_of_what_is_used_and_put_away_with_its_next_click(
    run: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.ui.widgets.networks.person", lambda: Person("me"))
    monkeypatch.setattr("core.ui.widgets.networks.FRESH", 0)
    tab, other = open_page("draw_digit"), open_page("draw_digit")
    runner().store.use("me", (run,))  # as the page "Train" does it in a third one
    for one in (tab, other):
        assert "mine" in html_of(one.run(), "probabilities")
        assert one.query_params["trained"] in (run, [run])
    tab.button(f"put-away-{run}").click().run()
    assert "mine" not in html_of(other.run(), "probabilities")  # though its address has named it
    assert "trained" not in other.query_params
    assert not any("not on this server" in caption.value for caption in other.caption)
