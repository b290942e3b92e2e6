import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image, ImageFilter
from scipy import ndimage

from core.api import classify
from core.data.images.datasets import sample_digits
from core.data.images.digits import BOX, SIDE, Prepared, from_pixels, prepare
from core.data.images.pictures import UnreadableImage
from core.data.pen.hands import hands
from core.data.pen.unipen import Character
from core.inspection.images.recognition import recognise
from tests.support.handwriting import HANDS, ROUND, draw, place


def check(prepared: Prepared) -> None:
    """What holds for whatever was prepared."""
    assert prepared.pixels.shape == (SIDE, SIDE)
    assert prepared.pixels.dtype == np.float32
    assert np.isfinite(prepared.pixels).all()
    assert prepared.pixels.min() >= 0
    assert prepared.pixels.max() <= 1
    assert prepared.blank == (prepared.pixels.max() == 0)
    for stage in prepared.stages:
        assert stage.image.ndim == 2
        assert np.isfinite(stage.image).all()


def test_an_mnist_digit_comes_out_as_it_went_in() -> None:
    """MNIST is the fixed point: cropping, scaling and centring a digit of MNIST changes next to nothing.

    The centre of mass is rounded to a pixel; where it lies half way between two, MNIST's rounding may be
    the other one. So each digit has to come out as it was, or as it was one pixel further.
    """
    as_they_lie, moved_a_pixel = [], []
    for image in sample_digits().images:
        pixels = prepare(np.pad(image, ((40, 10), (5, 31)))).pixels
        neighbours = [np.roll(pixels, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
        as_they_lie.append(np.abs(pixels - image / 255).mean())
        moved_a_pixel.append(min(np.abs(neighbour - image / 255).mean() for neighbour in neighbours))
    assert max(moved_a_pixel) < 0.015
    assert np.quantile(as_they_lie, 0.9) < 0.015  # the rounding of nine in ten is MNIST's


def test_a_bar_is_scaled_into_the_box_and_centred_by_hand() -> None:
    drawing = np.zeros((100, 100))
    drawing[10:60, 20:30] = 1  # 50 high, 10 wide: 20 x 4 after scaling
    pixels = prepare(drawing).pixels
    expected = np.zeros((28, 28))
    expected[4:24, 12:16] = 1
    assert np.allclose(pixels, expected, atol=1e-3)


def test_the_longer_side_fills_the_box_and_the_middle_is_the_centre_of_mass() -> None:
    for strokes in ROUND.values():
        pixels = prepare(draw(place(strokes, 30, 60, 100, 150), 16), "light").pixels
        rows, columns = np.flatnonzero(pixels.any(1)), np.flatnonzero(pixels.any(0))
        assert max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1 == BOX
        assert np.allclose(ndimage.center_of_mass(pixels), (14, 14), atol=0.51)


def test_every_stage_is_kept_in_order() -> None:
    prepared = prepare(draw(place(ROUND[5], 30, 60, 100, 150), 16), "light")
    assert [stage.name for stage in prepared.stages] == ["drawing", "ink", "cropped", "scaled", "centred"]
    assert prepared.stages[0].image.shape == (280, 280)
    assert max(prepared.stages[3].image.shape) == BOX
    assert np.array_equal(prepared.stages[-1].image, prepared.pixels)


@pytest.mark.parametrize("corner", [(8, 8), (150, 8), (8, 100), (150, 110)])
@pytest.mark.parametrize("size", [40, 120])
def test_the_place_on_the_sheet_does_not_matter(corner: tuple[int, int], size: int) -> None:
    there = prepare(draw(place(ROUND[2], corner[0], corner[1], size, size * 1.3), 10), "light").pixels
    middle = prepare(draw(place(ROUND[2], 80, 60, size, size * 1.3), 10), "light").pixels
    assert np.abs(there - middle).mean() < 0.02


def test_dark_ink_on_light_paper_gives_the_same_digit() -> None:
    canvas = draw(place(ROUND[3], 60, 50, 130, 180), 18)
    white_on_black = prepare(canvas, "light").pixels
    black_on_white = prepare(255 - canvas[..., 3]).pixels
    assert np.abs(white_on_black - black_on_white).mean() < 0.01


def test_transparent_pictures_are_laid_on_the_right_paper() -> None:
    canvas = draw(place(ROUND[3], 60, 50, 130, 180), 18)
    black_ink = canvas.copy()
    black_ink[..., :3] = 0
    assert np.abs(prepare(canvas).pixels - prepare(black_ink).pixels).mean() < 0.01


def photograph(alpha: np.ndarray, seed: int, contrast: float = 0.55) -> np.ndarray:
    """A digit in pen on paper under a lamp: a gradient, a shadow's edge, grain, JPEG-like blur."""
    noise = np.random.default_rng(seed)
    big = np.asarray(Image.fromarray(alpha).resize((900, 900), Image.Resampling.BICUBIC)) / 255
    y, x = np.mgrid[0:900, 0:900] / 900
    light = 0.55 + 0.35 * x - 0.2 * y + 0.1 * np.sin(3 * y + seed)
    paper = light * (1 - contrast * big) + noise.normal(0, 0.012, big.shape)
    grey = Image.fromarray((paper.clip(0, 1) * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.5))
    return np.dstack([np.asarray(grey)] * 3)


@pytest.mark.parametrize("digit", range(10))
def test_a_photograph_loses_its_background(digit: int) -> None:
    alpha = draw(place(ROUND[digit], 80, 60, 110, 150), 10)[..., 3]
    clean = prepare(alpha, "light").pixels
    taken = prepare(photograph(alpha, digit)).pixels
    assert classify(taken).argmax() == digit
    # Rounding may put the centre of mass one pixel aside, which halves the overlap of a thin 1.
    shifts = [np.roll(taken, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    assert max(np.corrcoef(shifted.ravel(), clean.ravel())[0, 1] for shifted in shifts) > (0.6 if digit == 1 else 0.9)


def test_a_photograph_of_empty_paper_is_blank() -> None:
    assert prepare(photograph(np.zeros((280, 280), np.uint8), 3)).blank


def test_a_stray_speck_does_not_move_the_digit() -> None:
    canvas = draw(place(ROUND[3], 100, 60, 110, 160), 16)
    dotted = np.maximum(canvas, draw([[(20.0, 20.0), (22.0, 21.0)]], 10))
    assert np.abs(prepare(canvas, "light").pixels - prepare(dotted, "light").pixels).mean() < 0.005


def test_several_strokes_stay_together() -> None:
    assert prepare(draw(place(HANDS["european"][5], 60, 40, 150, 190), 14), "light").ink.strokes <= 2  # type: ignore[union-attr]
    two = np.zeros((100, 100))
    two[20:80, 20:30] = two[20:80, 60:70] = 1
    ink = prepare(two).ink
    assert ink is not None
    assert ink.strokes == 2
    assert ink.width == pytest.approx(0.5)


@pytest.mark.parametrize("value", [0, 127, 255])
@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (280, 280, 4), (5, 1000), (2, 3, 3)])
def test_an_even_sheet_is_blank(value: int, shape: tuple[int, ...]) -> None:
    prepared = prepare(np.full(shape, value, np.uint8))
    check(prepared)
    assert prepared.blank


@pytest.mark.parametrize(
    "picture",
    [np.zeros(3), np.zeros((0, 4)), np.zeros((4, 4, 5)), np.zeros((2, 2, 2, 2)), "seven", [[1], [1, 2]], None],
)
def test_what_is_no_picture_is_refused_in_a_sentence(picture: object) -> None:
    with pytest.raises(UnreadableImage, match="not a picture"):
        prepare(picture)  # type: ignore[arg-type]


def test_a_huge_array_is_reduced_first() -> None:
    huge = np.zeros((9000, 9000), np.uint8)
    huge[2000:7000, 4000:4600] = 255
    prepared = prepare(huge)
    assert max(prepared.stages[0].image.shape) <= 1024
    assert not prepared.blank


NUMBERS = st.sampled_from([np.uint8, np.int16, np.int64, np.uint16, np.float16, np.float32, np.float64, np.bool_])


@given(
    NUMBERS.flatmap(
        lambda dtype: hnp.arrays(
            dtype,
            hnp.array_shapes(min_dims=2, max_dims=2, max_side=40)
            | hnp.array_shapes(min_dims=3, max_dims=3, max_side=40).map(lambda shape: (*shape[:2], 1 + shape[2] % 4)),
        )
    ),
    st.sampled_from(["auto", "light", "dark"]),
)
def test_any_numbers_are_prepared_or_blank(array: np.ndarray, polarity: str) -> None:
    with np.errstate(all="ignore"):
        check(prepare(array, polarity))  # type: ignore[arg-type]


def test_from_pixels_measures_ink_and_keeps_the_picture() -> None:
    image = sample_digits().images[0] / 255
    prepared = from_pixels(image)
    check(prepared)
    assert np.allclose(prepared.pixels, image)
    assert from_pixels(np.zeros((28, 28))).blank
    with pytest.raises(UnreadableImage, match="28 x 28"):
        from_pixels(np.zeros((27, 28)))


def written(character: Character, width: int) -> np.ndarray:
    """A digit of somebody's hand, 300 pixels large, dark on white."""
    strokes = [[(float(x), float(y)) for x, y in stroke] for stroke in character.strokes]
    return 255 - draw(place(strokes, 50, 50, 300, 300), width, side=400)


def test_pens_of_a_pixel_or_two_are_read_like_others() -> None:
    def right(pen: int) -> int:
        found = 0
        for character in hands()[::4]:
            prepared = prepare(written(character, pen))
            found += recognise(prepared, classify(prepared.pixels)).digit == int(character.label)
        return found

    usual = right(16)
    assert usual - 1 >= 40
    assert min(right(1), right(2)) >= usual - 1


def test_thin_lines_are_widened_and_others_stay() -> None:
    page = np.full((400, 400), 255, np.uint8)
    page[50:350, 200] = 0
    ink = next(stage for stage in prepare(page).stages if stage.name == "ink").image
    assert ink[200].sum() == pytest.approx(0.05 * 300, abs=2.5)
    page[50:350, 200:209] = 0
    ink = next(stage for stage in prepare(page).stages if stage.name == "ink").image
    assert ink[200].sum() == pytest.approx(9, abs=0.5)
    assert np.array_equal(prepare(255 - page, "light").stages[1].image, ink)
