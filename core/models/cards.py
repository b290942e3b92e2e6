"""Model cards: where shipped weights come from and how good they are (Mitchell and others, 2019)."""

from pydantic import BaseModel, ConfigDict, Field


class CardScore(BaseModel):
    """How a network did on data that it was not trained on."""

    model_config = ConfigDict(frozen=True)

    data: str
    cases: int = Field(gt=0)
    correct: int = Field(ge=0)

    @property
    def accuracy(self) -> float:
        """Share of the cases that were right, 0-1."""
        return self.correct / self.cases


class Card(BaseModel):
    """What is known about shipped weights.

    `python -m core.shipping NAME` trains the same file again with `recipe`, `seed` and `versions`. `also` are further
    scores; `threshold` is what the output must exceed where the network answers yes or no; `perplexity` is that of a
    language model, by test data; `figures` are other measured numbers, by what they measure. `precision` is that of
    the stored weights; they are computed with in single precision.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    parameters: int
    data: str
    data_sha256: dict[str, str]
    recipe: dict[str, float | int | str | bool]
    seed: int
    versions: dict[str, str]
    training_seconds: float
    test: CardScore
    also: tuple[CardScore, ...] = ()
    threshold: float | None = None
    perplexity: dict[str, float] = {}
    figures: dict[str, float] = {}
    precision: str = "float32"
    weights_sha256: str
