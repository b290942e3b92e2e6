"""Controls in a popover whose value Python changes."""


def renewed_key(key: str, times: int) -> str:
    """Return the key of a control in a popover, after Python has changed its value so many times.

    A browser keeps the values of controls in a popover that was opened and closed, hears nothing of what Python sets
    meanwhile, and sends its own with the next click (`findings/streamlit-popover-sends-old-values.sh`). A control with
    another key is another control: it begins with what Python says.
    """
    return f"{key}-{times}" if times else key
