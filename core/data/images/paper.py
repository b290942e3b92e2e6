"""The paper under a digit: where the sheet lies in a photograph, and which ink is printed on it as lines.

Everything here works on brightness or ink (H, W) in 0-1 and knows nothing of digits.
"""

import numpy as np
import scipy
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[np.float32]
Mask = NDArray[np.bool_]

_COARSE = 256  # pixels of the longer side in which a sheet is looked for
_SMALLEST = 64  # shorter pictures are drawings, not photographs of a sheet
_SHEET = 0.25  # least share of the picture that a sheet covers
_RECTANGULAR = 0.88  # least share of its enclosing rectangle that a sheet fills; an ellipse fills 0.785
_DARKER = 0.6  # what surrounds a sheet is darker than this share of its brightness
_INKED = 0.001  # least share of a sheet that is written on
_THIN = 0.03  # a frame is thinner than this share of the picture

_TILT = 12.0  # degrees by which lines may be turned
_PRINTED = 0.08  # ink above this may belong to a line
_CROSSES = 0.5  # least share of its length on which a line shows
_SHORT = 0.1  # share of the width below which what is left of a line in a corner is no line
_POINTS = 40_000


def crop_to_sheet(grey: Array) -> Array:
    """Return the part of a photograph in which the sheet lies, without frame, desk and bars; all if none is found.

    Pixels beside a turned sheet get the brightness of its paper.
    """
    if min(grey.shape) < _SMALLEST:
        return grey
    grey = _without_frame(grey)
    ratio = min(1.0, _COARSE / max(grey.shape))
    size = (max(1, round(grey.shape[1] * ratio)), max(1, round(grey.shape[0] * ratio)))
    sheet = _find_sheet(np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BOX)))
    if sheet is None:
        return grey
    inner = scipy.ndimage.binary_erosion(sheet, iterations=3)
    place = scipy.ndimage.find_objects(inner.astype(np.int8))[0]
    rows, columns = (slice(round(one.start / ratio), round(one.stop / ratio)) for one in place)
    full = np.asarray(Image.fromarray(inner).resize((grey.shape[1], grey.shape[0]), Image.Resampling.NEAREST))
    paper = np.float32(np.median(grey[full]))
    return np.where(full, grey, paper)[rows, columns]


def _without_frame(grey: Array) -> Array:
    """Cut off a thin frame: outermost lines that are much darker or lighter than the picture."""
    usual = float(np.median(grey))
    kept = []
    for lines in (grey, grey.T):
        medians = np.median(lines, axis=1)
        offs = np.abs(medians - usual) > 0.25
        most = max(1, round(_THIN * len(lines)))
        begin, end = int(offs.argmin()), int(offs[::-1].argmin())
        if offs.all() or begin > most or end > most:
            return grey  # no frame: something wider
        # The pixel beside a frame is a mixture of both.
        begin = begin + 1 if begin and _has_step(medians[: begin + 3]) else 0
        end = end + 1 if end and _has_step(medians[len(lines) - end - 3 :]) else 0
        kept.append(slice(begin, len(lines) - end))
    return grey[kept[0], kept[1]]


def _has_step(medians: Array) -> bool:
    """Return whether brightness jumps within these lines, instead of fading."""
    return bool(np.abs(np.diff(medians)).max() > 0.1)


def _find_sheet(coarse: Array) -> Mask | None:
    """Return which pixels belong to a light rectangle with ink on it and darkness around, or None."""
    from skimage.filters import threshold_otsu  # slow to import, and only photographs need it

    if float(coarse.max() - coarse.min()) < 0.2:
        return None
    labels, count = scipy.ndimage.label(coarse > threshold_otsu(coarse))
    if not count:
        return None
    largest = labels == 1 + int(np.bincount(labels.ravel())[1:].argmax())
    sheet = scipy.ndimage.binary_fill_holes(largest)
    area = int(sheet.sum())
    if not _SHEET * sheet.size < area < 0.98 * sheet.size or area < _RECTANGULAR * _enclosing_rectangle(sheet):
        return None
    if float(np.median(coarse[~sheet])) > _DARKER * float(np.median(coarse[sheet])):
        return None  # a shadow lies on the same sheet
    written = scipy.ndimage.binary_erosion(sheet, iterations=3) & ~largest
    return sheet if _INKED * area < int(written.sum()) < area / 3 else None


def _enclosing_rectangle(mask: Mask) -> float:
    """Return the area of the smallest rectangle, turned as it may be, around the pixels of a mask."""
    corners = np.argwhere(mask).astype(np.float64)
    try:
        hull = corners[scipy.spatial.ConvexHull(corners).vertices]
    except scipy.spatial.QhullError:
        return float("inf")
    angles = np.deg2rad(np.arange(0, 90, 1.5))
    across = hull @ np.stack([np.cos(angles), np.sin(angles)])  # (points, angles)
    along = hull @ np.stack([-np.sin(angles), np.cos(angles)])
    return float(((np.ptp(across, 0) + 1) * (np.ptp(along, 0) + 1)).min())


def remove_printed_lines(ink: Array) -> Array:
    """Return the ink without lines that cross the page; strokes that cross a line stay whole.

    Two families of parallel lines are looked for, one across and one down the page, each turned by at most 12 degrees.
    """
    cleaned = _without_lines_across(_without_lines_across(ink).T).T
    return ink if np.array_equal(cleaned, ink) else _without_crumbs(cleaned)


def _without_crumbs(ink: Array) -> Array:
    """Drop what is left of lines: pieces shorter than 3 % of the page, or 10 % at its edge."""
    labels, _ = scipy.ndimage.label(ink > _PRINTED, np.ones((3, 3)))
    longer = max(ink.shape)
    small = []
    for number, (rows, columns) in enumerate(scipy.ndimage.find_objects(labels), 1):
        at_edge = 0 in (rows.start, columns.start) or rows.stop == ink.shape[0] or columns.stop == ink.shape[1]
        if max(rows.stop - rows.start, columns.stop - columns.start) < (0.1 if at_edge else 0.03) * longer:
            small.append(number)
    return np.where(np.isin(labels, small) | (labels == 0), 0, ink)


def _without_lines_across(ink: Array) -> Array:
    height, width = ink.shape
    mask = ink > _PRINTED
    rows, columns = np.nonzero(mask)
    if len(rows) < max(1, width // 2):
        return ink
    if len(rows) > _POINTS:
        chosen = np.linspace(0, len(rows) - 1, _POINTS).astype(np.intp)
        some_rows, some_columns = rows[chosen], columns[chosen]
    else:
        some_rows, some_columns = rows, columns
    slope = _steepness(some_rows, some_columns, width)
    offsets = np.round(rows - slope * columns).astype(np.intp)
    least = int(offsets.min())
    counts = np.bincount(offsets - least)
    starts = np.flatnonzero(counts >= _CROSSES * _SHORT * width) + least
    if not len(starts):
        return ink
    above, below = _runs(mask)
    xs = np.arange(width)
    cleaned = ink.copy()
    for start in starts:
        ys = np.round(start + slope * xs).astype(np.intp)
        inside = (ys >= 1) & (ys < height - 1)
        if inside.sum() < _SHORT * width:
            continue
        x, y = xs[inside], ys[inside]
        shows = mask[y, x]
        if not _crosses(shows):
            continue
        x, y = x[shows], y[shows]
        thickness = above[y, x] + below[y, x] - 1
        usual = float(np.median(thickness))
        line = thickness <= usual + max(1.0, 0.5 * usual)
        for column, row in zip(x[line], y[line], strict=True):
            cleaned[row - above[row, column] : row + below[row, column] + 1, column] = 0
    return cleaned


def _crosses(shows: Mask) -> bool:
    """Return whether a line shows on most of its length, and at both of its ends."""
    end = max(3, len(shows) // 12)
    return bool(shows.mean() >= _CROSSES and shows[:end].mean() >= _CROSSES and shows[-end:].mean() >= _CROSSES)


def _steepness(rows: NDArray[np.intp], columns: NDArray[np.intp], width: int) -> float:
    """Return the slope along which the points gather in the fewest rows (a Radon transform near the horizontal)."""

    def gathered(degrees: float) -> float:
        offsets = np.round(rows - np.tan(np.deg2rad(degrees)) * columns).astype(np.intp)
        return float((np.bincount(offsets - offsets.min()).astype(np.float64) ** 2).sum())

    coarse = max(np.arange(-_TILT, _TILT + 0.1, 0.5), key=gathered)
    finest = np.rad2deg(1 / width)  # one pixel over the width of the page
    fine = max(np.arange(coarse - 0.5, coarse + 0.5, max(0.05, finest)), key=gathered)
    return float(np.tan(np.deg2rad(fine)))


def _runs(mask: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the lengths of the vertical runs that end at each pixel of a mask, from above and from below."""
    above = np.zeros(mask.shape, np.intp)
    below = np.zeros(mask.shape, np.intp)
    for row in range(len(mask)):
        above[row] = np.where(mask[row], (above[row - 1] if row else 0) + 1, 0)
        back = len(mask) - 1 - row
        below[back] = np.where(mask[back], (below[back + 1] if row else 0) + 1, 0)
    return above, below
