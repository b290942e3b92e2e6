"""Controls whose value belongs to the page."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from core.ui.widgets.sections import controlled

    most = st.number_input("most", 10, 100, 24, key="most")
    value = st.session_state.setdefault("mine", 12)
    controlled(
        st.slider, "a", 1, most, value=value, on_change=lambda new: st.session_state.update(mine=new), key="slider"
    )


def test_a_control_keeps_its_value_where_its_range_changes() -> None:
    app = AppTest.from_function(page).run()
    app.number_input(key="most").set_value(48).run()
    slider = app.slider(key="slider")
    assert (slider.max, slider.value, list(slider.proto.value)) == (48, 12, [12.0])
    slider.set_value(30).run()
    assert app.session_state["mine"] == 30 and app.slider(key="slider").value == 30
