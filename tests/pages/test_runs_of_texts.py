"""A run that reads no images, on the pages made for those that do: what can be done with it works, the rest is said."""

from pathlib import Path

import pytest

from core.runs.exchange.export import ExportProblem, export_onnx, export_script, export_weights
from core.runs.exchange.importing import import_run
from core.runs.store.rights import SERVER, Person
from core.runs.store.store import Store
from core.runs.workers import local
from core.runs.workers.execute import execute
from core.training.control import Control
from core.training.recipes import suggest_training
from core.training.tasks.stories import StoryTask
from core.ui.sections.train import actions
from tests.support.apps import open_page
from tests.support.runs import Notebook, leave_run

PERSON = "0123456789abcdef"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, str]:
    """A store with a short run that read stories."""
    store = Store(tmp_path_factory.mktemp("texts") / "runs")
    config = suggest_training(StoryTask(distance=8, stories=100), epochs=2, seed=0)
    run = store.create(config, PERSON, "starting")
    assert execute(store, run, Control()) == "finished"
    return store, run


@pytest.fixture
def run(trained: tuple[Store, str], monkeypatch: pytest.MonkeyPatch) -> str:
    store, identity = trained
    monkeypatch.setattr(local, "runner", lambda: Notebook(store))
    monkeypatch.setattr(actions, "person", lambda: Person(PERSON))
    return identity


def words(app) -> str:
    said = [one.value for kind in (app.markdown, app.caption, app.info, app.warning) for one in kind]
    return " ".join([*said, *(one.proto.body for one in app.get("html"))]).replace("\\", "")


def test_the_table_has_it(run: str) -> None:
    app = open_page("runs")
    table = app.dataframe[0].value
    assert table["network"].tolist() == ["GRU"] and table["data"].tolist() == ["stories"]


def test_it_is_not_examined_but_said_why(run: str) -> None:
    app = open_page("runs", run=run)
    assert "This run learns stories. Here only networks that read images are examined." in words(app)


def test_only_files_that_can_be_made_of_it_are_offered(run: str) -> None:
    app = open_page("runs", run=run)
    offered = next(group for group in app.button_group if group.label == "File").options
    assert list(offered) == ["Weights", "Metrics", "TensorBoard"]


def test_it_is_compared_with_another(run: str, trained: tuple[Store, str]) -> None:
    store, _ = trained
    other = leave_run(store, PERSON)
    app = open_page("runs", compare=f"{run},{other}")
    assert "What is different" in " ".join(one.value for one in app.header)
    store.delete(other, SERVER)


def test_the_page_train_shows_it_by_its_link_and_not_by_itself(run: str) -> None:
    app = open_page("train", run=run)
    assert "Remember over 8 words" in words(app)
    assert "This run learns stories: there is no picture that its checkpoints could read." in words(app)
    assert "None yet. What you train will be listed here." in words(open_page("train"))


@pytest.mark.parametrize("page", ["draw_digit", "cnn_inside"])
def test_it_is_offered_nowhere_for_images(run: str, page: str) -> None:
    app = open_page(page, trained=run)
    assert not any("Remember" in option for box in app.selectbox for option in box.options)


def test_weights_go_out_and_come_in_again(run: str, trained: tuple[Store, str], tmp_path: Path) -> None:
    store, _ = trained
    there = Store(tmp_path / "runs")
    record = store.get(run)
    assert record is not None and record.score is not None
    brought = there.get(import_run(there, export_weights(store, record), "me"))
    assert brought is not None and brought.score is not None
    assert (brought.score.correct, brought.score.cases) == (record.score.correct, record.score.cases)
    with pytest.raises(ExportProblem, match="Only networks that read images"):
        export_onnx(store, record)
    with pytest.raises(ExportProblem, match="not images"):
        export_script(record)
