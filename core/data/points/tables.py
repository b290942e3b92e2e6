"""Two measurements of flowers and of penguins, from tables that installed packages carry. Nothing is downloaded."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.metadata import files


@dataclass(frozen=True)
class Table:
    """Measured points.

    Attributes:
        title: for people.
        axes: what was measured, with units.
        x1: (N,) the first measurement.
        x2: (N,) the second.
        labels: (N,) places in `names`.
        names: of the classes.
        source: who measured, and by what licence it is here.
    """

    title: str
    axes: tuple[str, str]
    x1: tuple[float, ...]
    x2: tuple[float, ...]
    labels: tuple[int, ...]
    names: tuple[str, ...]
    source: str


@cache
def tables() -> dict[str, Table]:
    """Return the tables by their names in the address: "iris" and "penguins"."""
    return {"iris": _iris(), "penguins": _penguins()}


def _iris() -> Table:
    (_, _, *names), *rows = csv.reader(_lines("scikit-learn", "iris.csv"))
    return Table(
        title="Iris (measured)",
        axes=("petal length, cm", "petal width, cm"),
        x1=tuple(float(row[2]) for row in rows),
        x2=tuple(float(row[3]) for row in rows),
        labels=tuple(int(row[4]) for row in rows),
        names=tuple(names),
        source="Iris: E. Anderson and R. A. Fisher, 1936; table of scikit-learn (BSD licence)",
    )


def _penguins() -> Table:
    rows = [row for row in csv.DictReader(_lines("palmerpenguins", "penguins.csv")) if row["bill_length_mm"] != "NA"]
    names = sorted({row["species"] for row in rows})
    return Table(
        title="Penguins (measured)",
        axes=("bill length, mm", "flipper length, mm"),
        x1=tuple(float(row["bill_length_mm"]) for row in rows),
        x2=tuple(float(row["flipper_length_mm"]) for row in rows),
        labels=tuple(names.index(row["species"]) for row in rows),
        names=tuple(names),
        source="Penguins: K. Gorman, T. Williams and W. Fraser, 2014; table of palmerpenguins (CC0)",
    )


def _lines(package: str, name: str) -> list[str]:
    """Return the lines of a file in an installed package, which is not imported: scikit-learn takes a second."""
    found = next(one for one in files(package) or () if one.name == name)
    return found.read_text(encoding="utf-8").splitlines()
