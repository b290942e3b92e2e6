"""Lessons are read as a teacher writes them; what is wrong with a file is said in one sentence."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.course.files import BadCourseFile
from core.course.lessons import lessons, read_lesson
from core.course.links import read_link
from core.course.report import Finding, as_page
from core.data.images.batches import image_batches
from core.data.images.datasets import held_out_digits
from core.models.shipped import load_shipped
from core.paths import ROOT
from core.runs.exchange.onnx_graph import write_graph
from core.training.recipes import RECIPES
from core.ui.page_registry import PATHS

WHOLE = """---
title: Sevens
minutes: 20
age: 14
needs: "nothing: really"
---

About **sevens**.

## Draw one

Draw a *7*.

- in one stroke
- in two

```python
## no step
Question: not this
```

[Draw](/draw-digit?draw-look=From+your+drawing+to+28+x+28&digit=7)

Done when: own-digit

Question: Which is surest?
And why?

Answer: See for yourself.

## Think
Nothing to open here: [a link within](/train) a sentence stays in it.
"""


def test_a_whole_lesson_is_read() -> None:
    lesson = read_lesson(WHOLE.replace("\n", "\r\n"), PATHS)
    assert (lesson.title, lesson.minutes, lesson.age, lesson.needs) == ("Sevens", 20, 14, "nothing: really")
    assert lesson.about == "About **sevens**."
    first, second = lesson.steps
    assert first.title == "Draw one"
    assert first.text.startswith("Draw a *7*.")
    assert "- in two" in first.text
    assert "## no step\nQuestion: not this" in first.text
    assert first.link is not None
    assert (first.label, first.link.path) == ("Draw", "draw-digit")
    assert first.link.settings == {"draw-look": "From your drawing to 28 x 28", "digit": "7"}
    assert first.condition == "own-digit"
    assert first.question == "Which is surest?\nAnd why?"
    assert first.answer == "See for yourself."
    assert second.text.startswith("Nothing to open here: [a link")
    assert second.link is None


HEAD = "---\ntitle: a\nminutes: 1\nage: 14\n---\n"
WRONG = {
    "no front matter": ("title: Sevens\n## One\nDo it.", "line ---"),
    "no table": ("---\n- a\n---\n## One\nDo it.", "title, minutes and age"),
    "broken YAML": ("---\ntitle: [a\nminutes: 1\n---\n## One\nDo it.", "not valid YAML"),
    "code in YAML": ("---\ntitle: !!python/object/apply:os.system [ls]\n---\n## One\nDo it.", "not valid YAML"),
    "no step": (f"{HEAD}Text.", "no step"),
    "no title": ("---\nminutes: 1\nage: 14\n---\n## One\nDo it.", "title: Field required"),
    "words for a number": ("---\ntitle: a\nminutes: long\nage: 14\n---\n## One\nDo it.", "minutes"),
    "an unknown name": ("---\ntitle: a\nminutes: 1\nage: 14\nauthor: me\n---\n## One\nDo it.", "author"),
    "steps at the top": ("---\ntitle: a\nminutes: 1\nage: 14\nsteps: []\n---\n## One\nDo it.", "steps"),
    "an empty step": (f"{HEAD}## One\n\n## Two\nDo it.", "Step 1, “One”: text"),
    "no such page": (f"{HEAD}## One\nDo it.\n\n[x](/nowhere)", "no page “/nowhere”"),
    "another server": (f"{HEAD}## One\nDo.\n\n[x](https://x.org)", "not a place in this app"),
    "bad settings": (f"{HEAD}## One\nDo it.\n\n[x](/train?run)", "name=value"),
    "no such condition": (f"{HEAD}## One\nDo.\n\nDone when: rain", "no condition “rain”"),
    "two questions": (f"{HEAD}## One\nDo.\n\nQuestion: a\n\nQuestion: b", "two lines"),
}  # fmt: skip


@pytest.mark.parametrize("text, said", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(BadCourseFile) as problem:
        read_lesson(text, PATHS)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


@given(st.text(), st.text())
def test_whatever_a_file_holds_is_a_lesson_or_a_sentence(head: str, body: str) -> None:
    for text in (head, f"---\n{head}\n---\n{body}", f"{HEAD}## One\n{body}"):
        try:
            read_lesson(text, PATHS)
        except BadCourseFile as problem:
            assert str(problem)


def test_a_teachers_lesson_is_found_and_a_bad_one_is_named_and_skipped(home: Path) -> None:
    folder = home / "lessons"
    folder.mkdir(exist_ok=True)
    try:
        (folder / "sevens.md").write_text(WHOLE, "utf-8")
        (folder / "empty.md").write_text("", "utf-8")
        (folder / "binary.md").write_bytes(b"\xff\xfe\x00")
        (folder / "huge.md").write_text("a" * 300_000)
        own = next(iter(lessons(PATHS).entries))
        (folder / f"{own}.md").write_text(WHOLE, "utf-8")
        shelf = lessons(PATHS)
        assert shelf.entries["sevens"].title == "Sevens"
        assert shelf.entries[own].title != "Sevens"
        assert [problem.partition(" ")[0] for problem in shelf.problems] == sorted(
            ["binary.md", "empty.md", "huge.md", f"{own}.md"]
        )
        (folder / "sevens.md").write_text(WHOLE.replace("Sevens", "Eights"), "utf-8")
        assert lessons(PATHS).entries["sevens"].title == "Eights", "a file that is changed is read again"
    finally:
        for path in folder.iterdir():
            path.unlink()
    assert not lessons(PATHS).problems


@pytest.mark.parametrize("address", ["/", "/train", "/train?recipe=lab", "/cnn-inside?inside=Why+this+answer%3F"])
def test_addresses_of_the_app_are_links(address: str) -> None:
    assert read_link(address, PATHS).path == address[1:].partition("?")[0]


def test_the_page_that_is_kept_shows_what_people_wrote_as_text() -> None:
    from datetime import date

    page = as_page(
        "A <b>", date(2026, 11, 27), [Finding(1, "One", "found <i>", "why?", "<script>alert(1)</script>\nline")]
    )
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\nline" in page
    assert "A &lt;b&gt;" in page
    assert "27 November 2026" in page


def test_the_lesson_in_the_guide_for_teachers_is_one() -> None:
    guide = (ROOT / "docs" / "teaching.md").read_text("utf-8")
    lesson = read_lesson(guide.partition("```markdown\n")[2].partition("```")[0], PATHS)
    assert lesson.title == "Sevens of the world"
    assert [bool(step.link) for step in lesson.steps] == [True, True]


def test_the_lesson_on_training_counts_the_updates_of_an_epoch_as_its_training_does() -> None:
    step = lessons(PATHS).entries["training"].steps[0]
    assert step.link is not None
    config = RECIPES[step.link.settings["recipe"]].config
    count, batch = config.task.images, config.training.batch_size
    _, updates = image_batches(np.zeros((count, 1, 1), np.uint8), np.zeros(count), batch)
    assert f"an epoch has {updates} updates: {count - updates * batch} digits are left over" in step.answer


def test_the_five_lines_of_python_read_a_photo_with_an_exported_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the last lesson says it: the file of the network and a photo of a digit lie beside the program."""
    program = (ROOT / "assets" / "lessons" / "deployment.md").read_text("utf-8").partition("```python\n")[2]
    seven = held_out_digits().images[0]
    Image.fromarray(255 - np.kron(seven, np.ones((8, 8), np.uint8))).save(tmp_path / "photo.png")
    (tmp_path / "network.onnx").write_bytes(write_graph(load_shipped("digit-cnn").network, (1, 28, 28), {}))
    monkeypatch.chdir(tmp_path)
    lines = program.partition("```")[0]
    assert len(lines.split("\n")) - lines.split("\n").count("") == 5
    exec(lines, {})
    assert capsys.readouterr().out.strip() == "7"
