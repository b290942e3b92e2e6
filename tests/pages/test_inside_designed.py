"""The page "Inside the CNN" with networks that people have designed, whose titles and classes hold markup."""

from dataclasses import replace

import pytest

from core.inspection.networks import networks
from core.ui.plain_text import plain
from tests.pages.test_cnn_inside import open_page, words
from tests.support.designs import CHOICES, clothes

KEYS = {
    "Layer by layer": "inside-way-network",
    "Pixels and softmax": "inside-softmax-network",
    "Why this answer?": "inside-why-network",
    "Shift and turn": "inside-moved-network",
    "Fool it": "inside-fool-network",
    "Among others": "inside-others-network",
}
TITLES = {choice.name: plain(choice.title) for choice in CHOICES}


@pytest.fixture(autouse=True)
def with_designed_networks(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("PLAYGROUND_DATA", raising=False)
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    examples = clothes()
    own = [replace(one, examples=examples) if one.name == "run-columns" else one for one in CHOICES]

    def fed(convolutional: bool = False, further: tuple = ()) -> tuple:
        return networks(convolutional, further=own)

    monkeypatch.setattr("core.ui.widgets.networks.networks", fed)


def opened(section: str, name: str, **query: str) -> str:
    app = open_page(**{"inside": section, KEYS[section]: TITLES[name], **query})
    assert not app.error
    return "\n".join([words(app), *(element.value for element in app.info)])


@pytest.mark.parametrize(
    ("section", "names"),
    {
        "Pixels and softmax": ("run-everything", "run-deep", "run-rows"),
        "Why this answer?": ("run-everything", "run-rows", "run-columns"),
        "Fool it": ("run-deep", "run-rows", "run-zeros"),
        "Among others": ("run-everything", "run-rows", "run-columns", "run-zeros"),
    }.items(),
)
def test_every_section_takes_networks_of_every_kind(section, names) -> None:
    for name in names:
        said = opened(section, name)
        if section != "Pixels and softmax":
            assert f"the {TITLES[name]} " in said.replace("The ", "the ")
        if section == "Among others":
            assert ("nothing to lay out" in said) == (name == "run-zeros")
            assert ("held-out pictures by these" in said) == (name == "run-columns")


@pytest.mark.parametrize("name", ["run-everything", "run-wide-padding", "run-mlp"])
def test_the_way_through_opens_every_kind_of_station(name) -> None:
    choice = next(one for one in CHOICES if one.name == name)
    for station in ("scale", "conv1", "norm1", "pool1", "flatten", "dense1", "dense2"):
        if station in dict(choice.layered.named_children()):
            said = opened("Layer by layer", name, inside_layer=station, inside_cell="0")
            assert f"\n{station}: " in said
    assert "Not here: GRU, " in said and "not a list of layers" in said


def test_a_network_of_digits_can_be_moved_beside_the_three() -> None:
    assert f"**{TITLES['run-rows']}**" in opened("Shift and turn", "run-rows")
    assert TITLES["run-deep"] not in opened("Shift and turn", "run-deep")  # it knows no 7


def test_names_of_classes_are_shown_as_text() -> None:
    choice = next(one for one in CHOICES if one.name == "run-deep")
    for number, name in enumerate(choice.classes[:5]):
        said = opened("Why this answer?", "run-deep", **{"inside-why-digit-run-deep": plain(name)})
        assert f"What counts for **{plain(choice.classes[number])}**" in said
    said = opened("Pixels and softmax", "run-deep")
    assert "&lt;b&gt;pullover" in said and "<b>pullover" not in said


def test_plain_text_means_nothing_to_markdown() -> None:
    assert plain("my run 3, 98.6 %") == "my run 3, 98.6 %"
    assert plain("*a* [b](c) $d$ <e>") == r"\*a\* \[b\](c) \$d\$ \<e\>"
    assert ":red[" not in plain(":red[f]").replace("\\", "") and ":material/" not in plain(":material/home:")
    assert plain("a\n\n# b") == r"a \# b"
