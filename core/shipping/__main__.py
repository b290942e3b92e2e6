"""Train shipped networks again: `python -m core.shipping [NAME ...]`."""

import sys

from core.shipping.build import main

if __name__ == "__main__":
    sys.exit(main())
