"""The measured points are those of the packages that carry them."""

import numpy as np
from sklearn.datasets import load_iris

from core.data.points.tables import tables


def test_iris_is_scikit_learns() -> None:
    iris, bunch = tables()["iris"], load_iris()
    assert np.array_equal(np.stack([iris.x1, iris.x2], 1), bunch.data[:, 2:4])
    assert np.array_equal(iris.labels, bunch.target)
    assert iris.names == tuple(bunch.target_names)


def test_penguins_are_those_that_were_measured() -> None:
    penguins = tables()["penguins"]
    assert penguins.names == ("Adelie", "Chinstrap", "Gentoo")
    assert np.bincount(penguins.labels).tolist() == [151, 68, 123]
    assert (penguins.x1[0], penguins.x2[0]) == (39.1, 181)
    assert min(penguins.x1) > 32 and max(penguins.x2) < 232
