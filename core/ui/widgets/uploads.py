"""Files that people bring: how many, and how fast."""

from core.rate_limit import per_minute
from core.runs.store.rights import Person
from core.settings import settings

PHOTO_HELP = (
    "A larger photo: send it as a smaller one, or take a screenshot of it. HEIC photos of an iPhone: under Settings, "
    "Camera, Formats choose “Most Compatible”, or take a screenshot."
)
"""What to do with a photo that no page reads."""
TOO_MANY = "That were many files within a minute. Wait a moment, then bring it again."


def may_upload(by: Person) -> bool:
    """Return whether somebody may bring one more file now, and count it."""
    return per_minute("uploads", settings().uploads_per_minute).take(by.session)
