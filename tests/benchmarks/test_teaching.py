"""Letters taught by five examples each, to networks that are asked about other people's; and how long that takes."""

import pytest

from core.data.pen.unipen import of_part
from core.data.sources import NotHere
from core.inspection.images.transfer import load_transfer
from core.shipping.transfer import as_symbols, choose_few, one_by_each
from core.training.transfer import WAYS, teach
from tests.support.machine import slowness

pytestmark = [pytest.mark.benchmark, pytest.mark.long, pytest.mark.timeout(240)]


def test_five_of_each_of_ten_letters_by_strangers() -> None:
    """Writers are apart; the last layer learns within two seconds."""
    try:
        learnt, tested = one_by_each(of_part("capitals", "train")), one_by_each(of_part("capitals", "test"))
    except NotHere:
        pytest.skip("the collection is not on this machine")
    assert not {one.writer for one in learnt} & {one.writer for one in tested}
    test, five = as_symbols(tested, 0), load_transfer().scores[2]
    assert five.examples == 5
    for way in WAYS:
        found = [teach(way, as_symbols(choose_few(learnt, 5, draw), draw + 1), test, draw) for draw in range(3)]
        shares = [one.right / one.of for one in found]
        seconds = max(float(one.curve.seconds[-1]) for one in found)
        print(f"\n{way}: {', '.join(f'{share:.1%}' for share in shares)} of {len(test)}; at most {seconds:.2f} s")
        assert shares == pytest.approx(getattr(five, way)[:3], abs=0.02)
        assert way == "scratch" or seconds <= 2 * slowness()
