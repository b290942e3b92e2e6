"""The page "Train" without a browser and without a worker: settings, links, statuses, levers, earlier runs."""

import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from core.data.images.archives import read_archive
from core.data.images.own_sets import OWN, own_sets, store_own
from core.runs.store.record import Status
from core.runs.store.rights import Person
from core.runs.store.store import Store, StoreProblem
from core.runs.workers import local
from core.training.address import change, same_run
from core.training.events import Ended, LearningRateChange
from core.training.recipes import RECIPES
from core.training.task import Score
from core.ui.sections.train import actions, own_pictures
from core.ui.sections.train.status import progress
from tests.support.apps import as_read, html_of, open_page
from tests.support.blanks import spaced
from tests.support.figures import figure
from tests.support.runs import Notebook, leave_run, small
from tests.support.zips import drawing, packed, picture

PERSON = "0123456789abcdef"


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Notebook:
    """The runner of the page: it trains nothing."""
    runner = Notebook(Store(tmp_path / "runs"))
    monkeypatch.setattr(local, "runner", lambda: runner)
    monkeypatch.setattr(actions, "person", lambda: Person(PERSON))
    return runner


def words(app: AppTest) -> str:
    return as_read(
        " ".join(one.value for one in [*app.markdown, *app.caption, *app.warning, *app.info]).replace("\\", "")
    )


def chart(app: AppTest, name: str) -> dict:
    return json.loads(app.get_by_key(f"train-chart-{name}").proto.spec)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def data_set(app: AppTest) -> Selectbox:
    """The list of data sets, whose key changes when a data set is taken over."""
    return next(one for one in app.selectbox if one.label == "Data set")


def submitted(notebook: Notebook):
    return [what[1] for what in notebook.asked if what[0] == "submit"]


def test_it_opens_with_the_lab_and_says_what_is_kept_apart(notebook: Notebook) -> None:
    app = open_page("train")
    assert app.title[0].value == "Train a network, live"
    assert RECIPES["lab"].sentence in words(app)
    assert "CNN, 121,930 parameters; Adam 0.001, batch 32, 3 epochs." in words(app)
    assert "to validate" in words(app) and "for one test at the end" in words(app)
    assert not app.button(key="train-start").disabled
    assert "Press Train" in words(app)
    names = [one["name"] for one in chart(app, "accuracy")["series"]]
    assert {"training", "lecture 98.60 %", "test 98.87 %"} <= set(map(spaced, names))
    assert "recorded run" in words(app) and "from another machine" in words(app)
    assert "recipe" not in app.query_params


def test_every_control_has_a_help_text(notebook: Notebook) -> None:
    leave_run(notebook.store, PERSON)
    for kind in ("cnn", "mlp", "columns"):
        app = open_page("train", network=kind)
        for widgets in (app.slider, app.selectbox, app.number_input, app.toggle, app.button, app.text_input, app.pills):
            for widget in widgets:
                assert widget.help, widget.label


def test_train_starts_what_is_chosen_and_only_once(notebook: Notebook) -> None:
    app = open_page("train")
    app.number_input(key="train-learning_rate").set_value(0.002)
    press(app, "train-start")
    (config,) = submitted(notebook)
    assert config.training.learning_rate == 0.002
    assert config.title == "The lab, learning rate 0.002"
    (run,) = notebook.store.runs()
    assert app.query_params["run"] == run.id
    assert app.query_params["learning_rate"] == "0.002"
    assert "Waiting" in html_of(app, "status")
    press(app, "train-start")
    assert len(notebook.store.runs()) == 1
    assert not app.info  # a second click on the same button is no news
    notebook.store.set_status(run.id, "paused")
    press(app.run(), "train-start")  # it rests, and no click on "Train" makes it go on: that is said
    assert "You already have a run in progress" in app.info[0].value
    app.number_input(key="train-learning_rate").set_value(0.003)
    press(app, "train-start")  # that asks for something else, and does not get it
    assert len(notebook.store.runs()) == 1
    assert "You already have a run in progress" in app.info[0].value


def test_a_run_that_waits_for_a_cluster_says_what_is_the_matter(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook, "trouble", lambda: "The cluster does not answer")
    leave_run(notebook.store, PERSON, "queued", 0)
    said = html_of(open_page("train"), "status")
    assert "The cluster does not answer. It starts by itself as soon as it can" in said
    assert "It is next" not in said


def test_the_lab_is_exactly_the_lab(notebook: Notebook) -> None:
    press(open_page("train"), "train-start")
    assert same_run(submitted(notebook)[0], RECIPES["lab"].config)


def test_somebody_with_an_active_run_in_another_tab_is_led_to_it(notebook: Notebook) -> None:
    app = open_page("train")
    other = leave_run(notebook.store, PERSON, "running")
    press(app, "train-start")
    assert "You already have a run in progress" in app.info[0].value
    assert app.query_params["run"] == other
    assert "Learning" in html_of(app, "status")


def test_a_recipe_brings_its_settings_into_the_controls_and_the_address(notebook: Notebook) -> None:
    app = open_page("train", recipe="overfit", batch_size="10", kernel="9")
    assert app.number_input(key="train-images").value == 200
    assert app.number_input(key="train-batch_size").value == 10
    press(app, "train-versus")
    assert app.query_params["recipe"] == "regularised"
    assert "batch_size" not in app.query_params
    assert app.number_input(key="train-batch_size-1").value == 20
    assert app.slider(key="train-shift-1").value == 2
    app.pills(key="train-recipe").set_value("sigmoid").run()
    assert app.text_input(key="train-hidden-2").value == "100,100,100,100,100"
    press(app, "train-start")
    assert same_run(submitted(notebook)[0], RECIPES["sigmoid"].config)


def test_a_network_of_ones_own_is_summed_up_and_kept_in_the_address(notebook: Notebook) -> None:
    app = open_page("train")
    app.slider(key="train-blocks").set_value(3).run()
    app.number_input(key="train-block2-channels").set_value(16)
    app.selectbox(key="train-block2-pooling").set_value("none")
    app.toggle(key="train-block0-batch_norm").set_value(True).run()
    assert app.query_params["blocks"] == "32-bn,64,16-nopool"
    assert "conv3" in html_of(app, "train-network-group")
    press(app, "train-start")
    assert len(submitted(notebook)[0].task.network.blocks) == 3


def test_shapes_that_cannot_work_are_said_and_train_is_off(notebook: Notebook) -> None:
    app = open_page("train", blocks="32-k9,32-k9,32-k9")
    assert "does not fit on maps of" in words(app)
    assert app.button(key="train-start").disabled
    app.number_input(key="train-block1-kernel_size").set_value(3).run()
    app.number_input(key="train-block2-kernel_size").set_value(3).run()
    assert not app.button(key="train-start").disabled


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("train-learning_rate", 0.0, "Learning rate: input should be greater than 0"),
        ("train-learning_rate", -1.0, "Learning rate: input should be greater than 0"),
        ("train-batch_size", 0, "Batch size"),
        ("train-batch_size", 100_000, "more than this machine allows"),
        ("train-epochs", 1e9, "more than this machine allows"),
        ("train-images", 10_000_000, "There are"),
        ("train-hidden", "8,cats", "Hidden"),
        ("train-hidden", "2048,2048,2048", "10,020,874 parameters are more than this machine allows, 5,000,000."),
    ],
)
def test_nonsense_is_answered_with_a_sentence(notebook: Notebook, key: str, value: object, said: str) -> None:
    app = open_page("train", network="mlp")
    app.get_by_key(key).set_value(value).run()
    assert not app.exception
    assert said in words(app)
    assert app.button(key="train-start").disabled


def test_a_link_with_nonsense_opens_with_what_can_be_used(notebook: Notebook) -> None:
    app = open_page("train", recipe="overfit", learning_rate="nan", seed="7", blocks="<b>")
    assert "learning_rate=nan is left out" in words(app)
    assert app.number_input(key="train-seed").value == 7
    assert not app.button(key="train-start").disabled
    assert app.query_params["seed"] == "7"
    assert "blocks" not in app.query_params


STATUSES: list[tuple[Status, str, str]] = [
    ("queued", "Waiting", "It is next"),
    ("starting", "Starting", "being prepared"),
    ("running", "Learning", ""),
    ("paused", "Resting", "one update at a time"),
    ("finished", "Finished", ""),
    ("stopped", "Stopped", "What it had learnt is kept."),
    ("interrupted", "Interrupted", "Its server ended. “Go on” continues from the last weights"),
    ("diverged", "Diverged", "Try a lower learning rate."),
    ("out of memory", "Out of memory", "Try a smaller batch."),
    ("lost", "Lost", "Its process died."),
    ("failed", "Failed", "The disk is full."),
]
REASONS = {"interrupted": "Its server ended.", "diverged": "Try a lower learning rate.", "lost": "Its process died."}
REASONS |= {"out of memory": "Try a smaller batch.", "failed": "The disk is full."}


@pytest.mark.parametrize(("status", "word", "sentence"), STATUSES)
def test_every_status_has_a_word_a_sentence_and_its_levers(
    notebook: Notebook, status: Status, word: str, sentence: str
) -> None:
    run = leave_run(notebook.store, PERSON, status, 0 if status in {"queued", "starting"} else 40,
                    reason=REASONS.get(status, ""))  # fmt: skip
    app = open_page("train", run=run)
    said = html_of(app, "status")
    assert word in said
    assert sentence in said
    steered = status in {"running", "paused"}
    for key in ("train-pause", "train-step", "train-slower", "train-faster"):
        assert app.button(key=key).disabled is not steered
    assert app.button(key="train-stop").disabled is not (steered or status in {"queued", "starting"})
    keys = {button.key for button in app.button}
    assert ("train-use" in keys) is (status in {"finished", "stopped"})


def test_a_finished_run_says_that_its_time_was_over_and_that_it_learnt_nothing(notebook: Notebook) -> None:
    run = leave_run(notebook.store, PERSON, reason="Its 5 seconds ran out before its 3 epochs.")
    assert "Its 5 seconds ran out before its 3 epochs." in html_of(open_page("train", run=run), "status")
    nothing = "It learnt nothing that helps on the test: naming the largest class every time is as good."
    for by_class, said in {
        ((110, 113), *(((0, 98),) * 9)): True,
        ((80, 113), *(((60, 98),) * 9)): False,
        ((900, 950), (25, 50)): False,  # classes differ: the mean recall, 72 %, says more
    }.items():
        right, cases = (sum(column) for column in zip(*by_class, strict=True))
        notebook.store.set_score(run, Score(2.3, right, cases, by_class))
        assert (nothing in html_of(open_page("train", run=run), "status")) is said


def test_the_place_in_the_queue_is_said_and_for_how_long(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    for other in ("a", "b"):
        leave_run(notebook.store, other, "queued", 0)
    leave_run(notebook.store, PERSON, "queued", 0)
    status = html_of(open_page("train"), "status")
    assert "Place 3: 2 runs are ahead of it. It starts by itself; you may leave this page." in status  # nobody can know
    monkeypatch.setattr(Store, "expected_wait", lambda _, before: 120.0 * before)
    assert "It starts by itself, in about 4 minutes; you may" in html_of(open_page("train"), "status")


def test_levers_reach_the_runner_and_factors_add_up(notebook: Notebook) -> None:
    run = leave_run(notebook.store, PERSON, "running")
    app = open_page("train")
    for key in ("train-pause", "train-step", "train-faster", "train-faster", "train-slower", "train-stop"):
        press(app, key)
    rates = [("learning rate", factor) for factor in (2.0, 4.0, 2.0)]
    assert notebook.asked == [("pause", run), ("step", run), *rates, ("stop", run)]
    notebook.store.set_status(run, "paused")
    app.run()
    press(app, "train-pause")
    assert notebook.asked[-1] == ("resume", run)


@pytest.mark.parametrize(("total", "words"), [(31, "0.10 of 0.1"), (468, "0.10 of 1.5"), (3120, "0.10 of 10")])
def test_epochs_are_those_that_were_asked_for_though_updates_are_whole(total: int, words: str) -> None:
    run = SimpleNamespace(total_steps=total, setup=SimpleNamespace(steps_per_epoch=312), epoch=31 / 312, step=31)
    assert progress(run) == [("epoch", words), ("update", f"31 of {total:,}")]


@pytest.mark.parametrize(
    ("factor", "words"),
    [(1, "the learning rate"), (4, "4 times the learning rate"), (0.25, "1/4 of the learning rate")],
)
def test_what_the_rate_is_multiplied_by_is_said_in_words(factor: float, words: str) -> None:
    assert actions.times_the_rate(factor) == words


def test_a_run_of_somebody_else_can_be_watched_but_not_steered(notebook: Notebook) -> None:
    run = leave_run(notebook.store, "somebody", "running")
    app = open_page("train", run=run)
    assert "somebody else" in words(app)
    assert all(app.button(key=key).disabled for key in ("train-pause", "train-stop", "train-faster"))


@pytest.mark.parametrize("key", ["train-pause", "train-step", "train-stop", "train-faster"])
def test_what_a_page_offers_is_not_what_decides(notebook: Notebook, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    run = leave_run(notebook.store, PERSON, "running")
    app = open_page("train", run=run)
    monkeypatch.setattr(actions, "person", lambda: Person("somebody else"))  # another cookie than when it was opened
    assert "Only the person who started this" in words(press(app, key))
    assert notebook.asked == []
    assert notebook.store.commands(run) == []


def test_curves_marks_and_the_final_score_are_drawn(notebook: Notebook) -> None:
    happened = [LearningRateChange(20, 0.5, 0.2, 0.5), Ended(40, 1.0, 0.4, "finished", restored=30, early=True)]
    run = leave_run(notebook.store, PERSON, events=happened)
    notebook.store.set_restored(run, 30)
    app = open_page("train")
    shown = figure(app, "curves")
    loss, accuracy, gradients = ([one for one in shown["data"] if one["yaxis"] == f"y{axis}"] for axis in ("", 2, 4))
    assert [one["name"] for one in loss] == ["training", "validation"]
    assert len(loss[0]["x"]) == 40
    assert shown["layout"]["xaxis"]["range"] == [0, 40]
    marks = [one["text"] for one in shown["layout"]["annotations"] if one["xref"] == "x"]
    assert marks == ["÷ 2", "early stop", "best"]
    assert (accuracy[-1]["x"], accuracy[-1]["y"]) == ([40], [91.2])
    assert [one["name"] for one in gradients] == ["dense1", "dense2"]
    assert "test <b>91.20 % of 1,000</b>" in html_of(app, "status")
    assert "the best weights, from update 30, were restored" in html_of(app, "status")
    app.segmented_control(key="train-axis").set_value("epoch")
    app.slider(key="train-smoothing").set_value(0.0)
    app.toggle(key="train-log").set_value(True).run()
    shown = figure(app, "curves")
    assert shown["layout"]["xaxis"]["range"] == [0, 1]
    assert shown["layout"]["yaxis"]["type"] == "log"
    assert shown["data"][0]["y"][0] == pytest.approx(2.3 * np.exp(-1 / 20), rel=1e-3)


def test_earlier_runs_are_laid_behind_and_a_partner_comes_by_itself(notebook: Notebook) -> None:
    partner = leave_run(notebook.store, PERSON, config=RECIPES["overfit"].config, title="Overfit")
    other = leave_run(notebook.store, PERSON, title="Other")
    regularised = leave_run(notebook.store, PERSON, config=RECIPES["regularised"].config, title="Regularised")
    third = leave_run(notebook.store, PERSON, title="Third")
    app = open_page("train", run=regularised)
    behind = app.multiselect(key="train-behind")
    assert behind.value == [partner]
    behind.set_value([partner, other]).run()
    pale = [one["name"] for one in figure(app, "curves")["data"] if one["yaxis"] == "y" and one["opacity"] < 1]
    assert {name.split(" (")[0] for name in pale} == {"Overfit", "Other"}
    press(app, f"train-show-{third}")  # what came by itself goes by itself
    assert app.multiselect(key="train-behind-1").value == [other]


def test_the_picture_is_read_at_every_checkpoint(notebook: Notebook) -> None:
    run = leave_run(notebook.store, PERSON)
    app = open_page("train")
    assert "after update 40" in html_of(app, "train-reading")
    assert "8 units of dense1" in html_of(app, "train-filters")
    assert len(chart(app, "probabilities")["series"][0]["data"]) == 2
    app.slider(key=f"train-moment-{run}").set_value(3).run()
    assert "after update 0" in html_of(app, "train-reading")


def test_one_can_draw_for_the_network_of_a_checkpoint(notebook: Notebook) -> None:
    leave_run(notebook.store, PERSON)
    app = open_page("train")
    app.toggle(key="train-draw").set_value(True).run()
    assert not app.exception
    assert app.get_by_key("train-drawing").get("bidi_component")
    assert "after update 40" in html_of(app, "train-reading")


def test_a_reader_of_rows_has_no_filters(notebook: Notebook) -> None:
    leave_run(notebook.store, PERSON, config=change(small(), {"network": "rows", "hidden_size": "8"}))
    app = open_page("train")
    assert "This network reads rows" in words(app)
    assert "True: 7" in html_of(app, "train-reading")


def test_of_own_pictures_one_that_was_kept_for_the_test_is_read(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    name = OWN + store_own(read_archive(a_zip()), "Mine")
    leave_run(notebook.store, PERSON, config=small(data=name))
    app = open_page("train")
    before = html_of(app, "train-reading")
    assert "Test image no. 0" in before
    press(app, "train-another")
    assert html_of(app, "train-reading") != before
    leave_run(notebook.store, PERSON, config=small(data="own:00000000deadbeef"))
    assert "are not on this server" in words(open_page("train"))


def test_what_happens_to_the_last_runs(notebook: Notebook) -> None:
    first = leave_run(notebook.store, PERSON, title="First", config=small(seed="5"))
    second = leave_run(notebook.store, PERSON, "stopped", 20, title="<b>*Second*</b>")
    app = open_page("train")
    assert "&lt;b&gt;*Second*&lt;/b&gt;" in html_of(app, f"train-run-{second}")
    press(app, f"train-show-{first}")
    assert app.query_params["run"] == first
    assert "First" in html_of(app, "status")
    press(app, f"train-settings-{first}")
    assert app.number_input(key="train-seed-1").value == 5
    assert app.query_params["hidden"] == "8"
    press(app, f"train-again-{second}")
    assert notebook.store.get(second).status == "queued"
    assert app.query_params["run"] == second


def test_use_this_network_is_remembered(notebook: Notebook) -> None:
    run = leave_run(notebook.store, PERSON)
    app = press(open_page("train"), "train-use")
    assert (run,) in app.session_state.to_dict().values()


def test_a_run_that_is_not_here_is_said_calmly(notebook: Notebook) -> None:
    for asked in ("00000000dead", "../../etc", "x" * 500):
        app = open_page("train", run=asked)
        assert "The run in this link is not here" in app.info[0].value
        assert not app.exception
        assert "run" not in app.query_params


def test_without_a_store_the_page_says_so_and_keeps_the_form(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise StoreProblem("The disk is full, so nothing of a run can be kept.")

    monkeypatch.setattr(notebook.store, "runs", broken)
    app = open_page("train")
    assert "The disk is full" in words(app)
    assert app.button(key="train-start")


def test_a_set_that_is_not_here_can_be_fetched_and_a_failure_is_said(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from torchvision.datasets import FashionMNIST

    monkeypatch.delenv("PLAYGROUND_DATA", raising=False)
    monkeypatch.setattr(FashionMNIST, "mirrors", ["http://127.0.0.1:9/"])
    app = open_page("train", data="fashion-mnist")
    assert "has not been downloaded yet" in words(app)
    assert app.button(key="train-start").disabled
    assert app.button(key="train-download-fashion-mnist").label == "Download Fashion-MNIST (31 MB)"
    press(app, "train-download-fashion-mnist")
    assert "could not be downloaded" in words(app)
    app.selectbox(key="train-data").set_value("mnist").run()
    assert "has not been downloaded yet" not in words(app)
    assert not app.button(key="train-start").disabled


def test_own_pictures_are_taken_in_and_chosen(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    app = open_page("train")
    app.file_uploader(key="train-own").upload("cats [x].zip", a_zip()).run()
    assert not app.exception
    assert data_set(app).value.startswith("own:")
    assert "30 pictures in 2 classes: dark, light" in words(app)
    assert "19 images to learn, 4 to validate, 6 for one test" in words(app) or "images to learn" in words(app)
    press(app, "train-start")
    assert submitted(notebook)[0].task.data.startswith("own:")
    app.file_uploader(key="train-own").upload("bad.zip", b"no zip").run()
    assert "This is not a zip" in words(app)


def test_own_pictures_are_still_theirs_another_day(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    monkeypatch.setattr(own_pictures, "person", lambda: Person(PERSON))
    open_page("train").file_uploader(key="train-own").upload("digits.zip", a_zip()).run()
    app = open_page("train")
    assert "digits" in app.selectbox(key="train-data").options
    (card,) = own_sets()
    app.selectbox(key="train-data").set_value(card.name).run()
    assert app.button(key="train-own-remove")

    monkeypatch.setattr(own_pictures, "person", lambda: Person("somebody else"))
    assert "digits" not in open_page("train").selectbox(key="train-data").options
    stranger = open_page("train", data=card.name)
    assert "own pictures “digits”" in stranger.selectbox(key="train-data").options
    assert "train-own-remove" not in [button.key for button in stranger.button]

    monkeypatch.setattr(own_pictures, "person", lambda: Person(PERSON))
    press(app, "train-own-remove")
    assert own_sets() == []


def a_zip() -> bytes:
    """Fifteen dark and fifteen light pictures."""
    draw, packed = np.random.default_rng(0), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, level in (("dark", 60), ("light", 160)):
            for number in range(15):
                picture = io.BytesIO()
                noise = draw.integers(0, 60, (28, 28)).astype(np.uint8) + level
                Image.fromarray(noise.astype(np.uint8)).save(picture, "PNG")
                archive.writestr(f"{name}/{number}.png", picture.getvalue())
    return packed.getvalue()


def test_folders_of_people_are_named_and_can_be_read_otherwise(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    files = {
        f"{person}/{digit}/{number}.png": picture(drawing(number + 10 * digit + 100 * place))
        for place, person in enumerate(("anna", "ben"))
        for digit in (1, 2, 10)
        for number in range(6)
    }
    app = open_page("train")
    app.file_uploader(key="train-own").upload("class.zip", packed(files)).run()
    assert "36 pictures in 3 classes: 1, 2, 10" in words(app)
    assert "read as people, and some are kept for testing: ben" in words(app)
    radio = next(radio for radio in app.radio if radio.label == "What do the folders mean?")
    assert radio.value == "people"
    radio.set_value("outer").run()
    assert "in 2 classes: anna, ben" in words(app)
    chosen = data_set(app).value
    app.text_input(key=f"train-own-title-{chosen}").set_value("Our digits").run()
    press(app, "train-own-rename")
    assert "Our digits" in data_set(app).options
    press(app, "train-own-remove")
    assert data_set(app).value == "mnist"
    assert not app.exception
