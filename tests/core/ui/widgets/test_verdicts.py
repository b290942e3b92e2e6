from core.figures.percent import exact_percent
from core.inspection.images.recognition import detector_card
from core.ui.widgets.verdicts import refusals


def test_refusals_are_told_from_acceptances() -> None:
    card = detector_card()
    said = refusals(card)
    assert f"of MNIST's 10,000 test digits and {exact_percent(1 - card.also[0].accuracy, 2)} of 795 digits" in said
    assert all(f"of {score.cases:,} {score.data.removesuffix(', refused')}" in said for score in card.also[1:])
    assert "accepted" not in said
