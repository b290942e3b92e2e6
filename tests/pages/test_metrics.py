"""The page Metrics: what it opens with, what people bring, runs, thresholds, and the guide."""

import itertools
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.data.csv_files import write_csv
from core.inspection.metrics.classes import Counts, bootstrap, count_answers
from core.runs.store.rights import Person
from core.ui.page_registry import PAGES
from core.ui.sections.metrics import tested_network
from core.ui.sections.metrics.classes import ClassesState, _columns, _rows, measures_of_class
from core.ui.sections.metrics.columns import TwoColumns
from core.ui.sections.metrics.decision import KINDS, NOT_DEEP, QUESTIONS, RULES, USUAL, decide
from core.ui.sections.metrics.threshold import problem_of
from tests.support.apps import as_read, html, open_page, open_with
from tests.support.runs import leave_run


def measures(app: AppTest) -> Mapping[str, list[str]]:
    """Return the cells of all tables of measures by their names."""
    lines = [line for one in app.markdown for line in as_read(one.value).splitlines() if line.startswith("| **")]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return {name.strip("*"): rest for name, *rest in cells}


def test_the_accuracy_of_a_run_is_the_same_in_its_formula_when_a_class_was_never_shown() -> None:
    counts = Counts(("a", "b", "never"), np.array([[3, 1, 0], [0, 2, 0], [0, 0, 0]]))
    ends = bootstrap(counts, 2)
    accuracy, precision, *_ = measures_of_class(counts, 2, ends)
    assert accuracy.value == 5 / 6 and accuracy.formula.endswith("= 0.833")
    assert precision.value == 0 and precision.formula.endswith("= 0")


def test_it_opens_with_four_answers_and_the_numbers_in_their_formulas() -> None:
    shown = measures(open_page("metrics"))
    assert shown["Accuracy"][0] == "0.75" and r"\frac{3}{4}" in shown["Accuracy"][-1]
    assert shown["F1 of 1"][0] == "0.667" and r"2 \cdot 1 + 0 + 1" in shown["F1 of 1"][-1]
    assert {"Balanced accuracy", "Cohen's kappa", "F1, macro", "F1, weighted"} <= set(shown)


def test_labels_are_typed_undone_reset_and_kept_in_the_address() -> None:
    app = open_page("metrics")
    app.text_area(key="metrics-classes-1").set_value("0 1 1 0").run()
    assert measures(app)["Accuracy"][0] == "1"
    assert app.query_params["prediction"] == "0 1 1 0"
    app.button(key="metrics-classes-undo").click().run()
    assert measures(app)["Accuracy"][0] == "0.75" and "prediction" not in app.query_params
    app.button(key="metrics-classes-sample-Three animals").click().run()
    app.selectbox(key="metrics-positive").set_value("bird").run()
    assert "Recall of bird" in measures(app)
    app.button(key="metrics-classes-reset").click().run()
    assert "Recall of 1" in measures(app)
    assert not app.exception


def test_a_link_brings_its_labels() -> None:
    app = open_page("metrics", truth="cat dog", prediction="cat cat", positive="cat")
    shown = measures(app)
    assert shown["Precision of cat"][0] == "0.5" and shown["Recall of cat"][0] == "1"
    app = open_page("metrics", truth="x" * 900)
    assert "too long" in app.warning[0].value and measures(app)["Accuracy"][0] == "0.75"


@pytest.mark.parametrize("text", ["", "0 1", "<b>x</b>, $y$, | z, *"])
def test_anything_typed_gets_scores_or_a_sentence(text: str) -> None:
    app = open_page("metrics")
    app.text_area(key="metrics-classes-0").set_value(text).run()
    assert not app.exception
    assert bool(app.info) == (text != "<b>x</b>, $y$, | z, *")
    if not app.info:
        assert "&lt;b&gt;x&lt;/b&gt;" in html(app)


def test_a_table_is_taken_or_refused_with_a_sentence() -> None:
    app = open_page("metrics")
    app.text_area(key="metrics-classes-pasted").set_value("y_pred;y_true\nb;a\na;a").run()
    app.button(key="metrics-classes-take").click().run()
    assert app.text_area(key="metrics-classes-0").value == "a\na"
    assert measures(app)["Accuracy"][0] == "0.5"
    app.text_area(key="metrics-classes-pasted").set_value("one column").run()
    app.text_area(key="metrics-classes-pasted").set_value("one").run()
    app.button(key="metrics-classes-take").click().run()
    assert "not have two columns" in app.warning[0].value and measures(app)["Accuracy"][0] == "0.5"


def test_long_columns_stay_out_of_the_address() -> None:
    app = open_page("metrics")
    app.text_area(key="metrics-classes-0").set_value("0 1 " * 300).run()
    app.text_area(key="metrics-classes-1").set_value("0 1 " * 300).run()
    assert "truth" not in app.query_params and any("address holds" in one.value for one in app.caption)
    assert measures(app)["Accuracy"][0] == "1"


def test_undo_has_an_end() -> None:
    columns = TwoColumns("0", "0")
    for number in range(100):
        columns.replace((str(number), "0"))
    assert len(columns.before) == 30
    columns.undo()
    assert columns.pair == ("98", "0")


def test_answers_are_taken_from_a_network() -> None:
    app = open_with("metrics", **{"from": "From a run", "network": "digit-mlp"})
    shown = measures(app)
    right = int(re.findall(r"\\frac\{(\d+)\}\{10000\}", shown["Accuracy"][-1])[0])
    assert float(shown["Accuracy"][0]) == pytest.approx(right / 10_000, abs=1e-3)
    assert any(f"top-1: {right:,} / 10,000" in as_read(one.value) for one in app.markdown)
    app = open_with("metrics", **{"from": "From a run", "network": "abcdef123456"})
    assert "not among your finished ones" in app.info[0].value


def test_answers_are_taken_from_ones_own_finished_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    monkeypatch.setattr(tested_network, "person", lambda: Person("me", ""))
    store = tested_network.current_runner().store
    mine, theirs = leave_run(store, "me", title="Mine"), leave_run(store, "somebody", title="Theirs")
    app = open_with("metrics", **{"from": "From a run", "network": mine})
    assert not app.info and measures(app)["Accuracy"]
    offered = app.selectbox(key="metrics-network").options
    assert any("Mine" in one for one in offered) and not any("Theirs" in one for one in offered)
    app = open_with("metrics", **{"from": "From a run", "network": theirs})
    assert "not among your finished ones" in app.info[0].value


def test_tables_to_save() -> None:
    state = ClassesState()
    assert _columns(state)[:3] == [["truth", "prediction"], ["0", "0"], ["1", "1"]]
    saved = write_csv(_rows(count_answers(["=1", "b"], ["=1", "=1"]), 0)).decode()
    assert "Precision of '=1" in saved or "Precision of =1,0.5" in saved
    assert "\r\n'=1," in saved  # no formula


def test_numbers_show_their_errors_in_the_formula() -> None:
    app = open_with("metrics", metrics_section="Numbers")
    shown = measures(app)
    assert shown["MAE"][0] == "0.5" and shown["MSE"][0] == "0.375" and shown["R²"][0] == "0.949"
    assert r"\lvert -0.5 - 0 \rvert" in shown["MAE"][-1]
    app.button(key="metrics-numbers-sample-Always the mean").click().run()
    assert measures(app)["R²"][0] == "0"
    app.text_area(key="metrics-numbers-0").set_value("2 2 2 2 2").run()
    assert measures(app)["R²"][0] == "not defined" and not app.exception
    # What was typed stands in the formula with all its digits, and large errors are not written out in 24.
    app.text_area(key="metrics-numbers-0").set_value("101.25 101.2").run()
    app.text_area(key="metrics-numbers-1").set_value("101.3 -101.2").run()
    assert r"\frac{\lvert 101.25 - 101.3 \rvert + \lvert 101.2 - (-101.2) \rvert}{2}" in measures(app)["MAE"][-1]
    app.text_area(key="metrics-numbers-0").set_value("1000000000000 2").run()
    app.text_area(key="metrics-numbers-1").set_value("0 2").run()
    assert r"\frac{(1.00\cdot 10^{12})^2 + 0^2}{2}" in measures(app)["MSE"][-1]  # without brackets it is no LaTeX
    assert measures(app)["MSE"][0] == "5.00e+23" and r"\sqrt{5.00\cdot 10^{23}}" in measures(app)["RMSE"][-1]
    app.text_area(key="metrics-numbers-0").set_value("two").run()
    assert app.info[0].value == "Row 1 of the truth is not a number: two."


def test_words_show_perplexity_and_bleu() -> None:
    app = open_with("metrics", metrics_section="Text")
    assert measures(app)["Perplexity"][0] == "3.364"
    app.text_input(key="metrics-text-probabilities").set_value("0.5 0").run()
    assert "not a probability" in app.info[0].value
    app.button(key="metrics-text-reset").click().run()
    assert not app.info
    app.button_group(key="metrics-text").set_value("BLEU").run()
    assert measures(app)["BLEU"][0] == "0.489" and "on the, the mat" in html(app)
    # What the reference has, but not so often, is missing, too (the example of the paper).
    app.text_input(key="metrics-text-candidate").set_value("the the the the").run()
    app.text_input(key="metrics-text-reference").set_value("the cat is on the mat").run()
    assert "2 / 4" in html(app) and "the (2 times)" in html(app) and "the the (3 times)" in html(app)
    app.text_input(key="metrics-text-candidate").set_value("cat").run()
    assert measures(app)["BLEU"][0] == "0" and not app.exception


def test_accuracy_says_little_where_sevens_are_rare() -> None:
    common, rare = problem_of("digit-cnn", False), problem_of("digit-cnn", True)
    assert common.positive.sum() == 1028 and rare.positive.mean() == pytest.approx(0.01, abs=1e-3)
    assert rare.curve.average_precision < common.curve.average_precision
    assert rare.curve.area == pytest.approx(common.curve.area, abs=1e-3)
    app = open_with("metrics", metrics_section="Threshold", metrics_rare="1 in 100 is a 7", metrics_threshold="1.0")
    assert any("right in 99.00 %" in as_read(one.value) for one in app.markdown)
    said = as_read(" ".join(one.value for one in app.caption))
    assert "ROC curve: **0.999998**" in said  # one seven is missed, so the area is no 1
    for look in app.button_group(key="metrics-threshold-look").options:
        app.button_group(key="metrics-threshold-look").set_value(look).run()
        assert not app.exception, look


def test_the_guide_ends_somewhere_for_all_answers_and_reaches_all_five() -> None:
    names = [one.name for one in QUESTIONS]
    assert len(names) == 7 and set(USUAL) == set(names)
    found = {
        decide(dict(zip(names, all_of, strict=True))).advice.network
        for all_of in itertools.product(*(one.answers for one in QUESTIONS))
    }
    assert found == {"MLP", "CNN", "RNN", "Transformer", NOT_DEEP}
    reached = {
        id(decide(dict(zip(names, all_of, strict=True))))
        for all_of in itertools.product(*(one.answers for one in QUESTIONS))
    }
    assert reached == {id(rule) for rule in RULES}
    assert all(rule.advice.reasons and all(one.page in PAGES for one in rule.advice.reasons) for rule in RULES)


def test_the_guide_answers_and_links() -> None:
    app = open_with("metrics", metrics_section="Which network?")
    assert app.header[0].value == "CNN"
    app.button_group(key="metrics-kind").set_value(KINDS[2]).run()
    app.button_group(key="metrics-far").set_value("Yes").run()
    assert as_read(app.header[0].value) == "Transformer"
    assert any("distance" in link.proto.page for link in app.get("page_link"))
