"""Numbers: how far predictions are off, in MAE, MSE, RMSE and R2."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.data.columns import UnreadableColumns, read_numbers
from core.data.csv_files import Cell
from core.figures.plane import agreement
from core.inspection.metrics.numbers import Errors, bootstrap_errors, errors
from core.ui.plain_text import plain
from core.ui.sections.metrics.columns import TwoColumns, column, show_columns
from core.ui.state.page_state import PageState
from core.ui.widgets.csv_download import offer_csv_file
from core.ui.widgets.formulas import Measure, fraction, show_measures, summed, tex, tex_as_typed, tex_squared
from core.ui.widgets.side_by_side import side_by_side

SAMPLES = {
    "Four values": ("3\n-0.5\n2\n7", "2.5\n0\n2\n8"),
    "One far off": ("1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5\n16"),
    "Always the mean": ("1\n2\n3\n4\n5", "3\n3\n3\n3\n3"),
    "Worse than the mean": ("1\n2\n3\n4\n5", "5\n4\n3\n2\n1"),
}


@dataclass
class NumbersState(TwoColumns):
    """What the section remembers."""

    truth: str = SAMPLES["Four values"][0]
    prediction: str = SAMPLES["Four values"][1]


STATE = PageState(
    "metrics-numbers",
    NumbersState,
    {"truth": column("values"), "prediction": column("predicted")},
    follow=True,
    shown=lambda state: ["truth", "prediction"] if state.fits_address else [],
)


def show() -> None:
    """Show the section."""
    state = STATE.open()
    st.markdown(
        "A price, a distance, an age: how far off is a prediction? **Move one number far away** and see which "
        "measure minds most."
    )
    show_columns(state, "metrics-numbers", SAMPLES)
    STATE.keep(state)
    try:
        truth, prediction = read_numbers(state.truth, state.prediction)
    except UnreadableColumns as problem:
        st.info(plain(str(problem)), icon=":material/info:")
        return
    left, right = side_by_side([3, 8], key="numbers", gap="medium")
    with left:
        st.echarts_chart(
            agreement(truth, prediction),
            height=320,
            key="metrics-agreement",
            alt="Every row as a dot: the truth across, the prediction up; on the dashed line there is no error",
        )
    with right:
        show_measures(
            measures_of(truth, prediction),
            caption="Mean absolute error, mean squared error, its root, and the share explained. MAE and RMSE have the "
            "unit of the values. Squares make one large error count more than many small ones. R² is 0 for always "
            "saying the mean, 1 without an error, and has no lower limit. The intervals are a bootstrap: the rows "
            "drawn again 1,000 times, with replacement.",
        )
    with st.expander("Where libraries disagree", icon=":material/compare_arrows:"):
        st.markdown(
            "- **R² where the truth never changes** divides by 0. scikit-learn (`force_finite`) and torchmetrics say 1 "
            "without an error and 0 with one; this page says “not defined”.\n"
            "- **MSE or RMSE**: some functions have a switch between them (`squared=`), so look which one you got."
        )
    offer_csv_file(
        "Rows and errors", lambda: _rows(truth, prediction), "errors", "metrics-numbers-csv", help="All rows."
    )


def measures_of(truth: Sequence[float], prediction: Sequence[float]) -> list[Measure]:
    """Return the four measures with their formulas."""
    found: Errors = errors(truth, prediction)
    ends = bootstrap_errors(truth, prediction) if len(truth) > 1 else {}
    off = [true - said for true, said in zip(truth, prediction, strict=True)]
    rows = str(len(off))
    absolute = summed(
        rf"\lvert {tex_as_typed(true)} - {_typed(said)} \rvert" for true, said in zip(truth, prediction, strict=True)
    )
    squares = summed(tex_squared(one) for one in off)
    spread = rf"\frac{{{tex(found.squares)}}}{{{tex(found.spread)}}}"
    return [
        Measure("MAE", found.mae, fraction(absolute, rows), ends.get("mae")),
        Measure("MSE", found.mse, fraction(squares, rows), ends.get("mse")),
        Measure("RMSE", found.rmse, rf"\sqrt{{{tex(found.mse)}}}", ends.get("rmse")),
        Measure(
            "R²",
            found.r2,
            r"1 - \frac{\sum (y - \hat y)^2}{\sum (y - \bar y)^2} = 1 - " + spread,
            ends.get("r2"),
        ),
    ]


def _typed(value: float) -> str:
    return f"({tex_as_typed(value)})" if value < 0 else tex_as_typed(value)


def _rows(truth: Sequence[float], prediction: Sequence[float]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["truth", "prediction", "error"]]
    return rows + [[true, said, true - said] for true, said in zip(truth, prediction, strict=True)]
