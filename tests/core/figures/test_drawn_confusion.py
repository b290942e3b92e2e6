"""The confusion matrix with drawings in its cells."""

from core.figures.drawn_confusion import SHOWN, drawn_confusion


def test_every_drawing_is_counted_in_its_cell_and_texts_are_texts() -> None:
    matrix = drawn_confusion(["data:a"] * 9 + ["data:b"], [0] * 9 + [1], [0] * 9 + [2], ("3", "<i>"), ("3", "<i>", "8"))
    assert matrix.count("data:a") == SHOWN
    assert '<td class="right" title="3, read as 3: 9"><b>9</b>' in matrix
    assert '<td class="wrong" title="&lt;i&gt;, read as 8: 1"><b>1</b><img src="data:b"' in matrix
    assert "<i>" not in matrix
    assert matrix.count("<td></td>") == 5  # the corner and four empty cells
