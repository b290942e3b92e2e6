"""The playground without its pages: networks, data, inspection, training, figures."""

import os

# Before PyTorch is loaded: its threads wait for each other by spinning, which beside any other busy process
# makes a training six times as slow and more (a benchmark measures it).
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
