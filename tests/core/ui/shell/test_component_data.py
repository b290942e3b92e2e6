"""What a component is told needs no pandas, unless it is a table."""

import subprocess
import sys

from core.paths import ROOT

SCRIPT = """
import sys
from streamlit.components.v2.bidi_component.serialization import serialize_mixed_data
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from core.ui.shell.component_data import keep_pandas_out

keep_pandas_out()
keep_pandas_out()
plain, table = BidiComponent(), BidiComponent()
serialize_mixed_data({"values": [1, 2], "drawing": {"objects": []}, "text": "a"}, plain)
print(plain.json, "pandas" in sys.modules, "pyarrow" in sys.modules)
import pandas
serialize_mixed_data({"table": pandas.DataFrame({"a": [1]})}, table)
print(table.WhichOneof("data"), len(table.mixed.arrow_blobs))
"""


def test_lists_and_dictionaries_import_no_pandas_and_a_table_still_travels() -> None:
    """If this fails with a new Streamlit, see whether it still imports pandas; if not, `component_data` can go."""
    run = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    plain, table = run.stdout.splitlines()
    assert plain == '{"values": [1, 2], "drawing": {"objects": []}, "text": "a"} False False'
    assert table == "mixed 1"
