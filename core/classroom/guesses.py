"""Codes, passwords and return words that are tried out: too many wrong ones, and nothing is taken for a while.

While nothing is taken, a right one is not taken either, or the refusal itself would tell them apart. So the limits are
set where no class meets them and no guessing succeeds:

- Codes: `rooms.CODE` = 6 of 27 letters make 27**6 = 387 million. Ten thousand guesses find the one open room with a
  probability of 1 in 38,700, and one of `rooms.MOST_OPEN` = 20 rooms in 1 of 1,900. An address gets 100 wrong ones a
  minute, 72,000 in the 12 hours of a room: 1 in 5,400. A class of 40 behind one address may misread the board twice.
- Whoever scans the QR code brings a key of 96 bits with it (`badge.invitation_key`), and whoever is in the room already
  has a badge: neither is counted nor refused, whatever comes from the same address.
- Passwords of teachers are counted by themselves, 20 a minute and address: a class that misreads the code does not lock
  its teacher out, and 14,400 guesses a night find no password of eight letters.
- Return words: `rooms.WORD` = 5 letters make 14 million, 20 wrong ones a minute for each nickname: 1 in 1,000 in 12
  hours. They are counted by nickname, so nobody's mistakes keep others out.
"""

from core.rate_limit import RateLimit
from core.settings import settings


class Guesses:
    """Wrong codes by network address, wrong passwords by address, wrong return words by room and nickname."""

    def __init__(self) -> None:
        chosen = settings()
        self.codes = RateLimit(chosen.guesses_per_minute, 60.0)
        self.passwords = RateLimit(chosen.secrets_per_minute, 60.0)
        self.words = RateLimit(chosen.secrets_per_minute, 60.0)
