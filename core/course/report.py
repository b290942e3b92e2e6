"""What was found in a lesson, as one page of HTML that stands by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, Template

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<style>
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; }
li { margin-bottom: .8rem; break-inside: avoid; }
.note { white-space: pre-wrap; border-left: 3px solid; padding-left: .6rem; }
</style>
<h1>{{ title }}</h1>
<p>What I found, {{ day }}. Name: ______________________</p>
<ol>
{%- for one in found %}
<li><strong>{{ one.title }}</strong>
{%- if one.found %}<br>✓ {{ one.found }}{% endif %}
{%- if one.note %}<br>{{ one.question }}<div class="note">{{ one.note }}</div>{% endif %}</li>
{%- endfor %}
</ol>
</html>
"""


@dataclass(frozen=True)
class Finding:
    """A step: its number and title, what ticked it off, its question, and what was answered; empty for nothing."""

    number: int
    title: str
    found: str
    question: str
    note: str


def as_page(title: str, day: date, found: Sequence[Finding]) -> str:
    """Return the page; all that people have written is shown as it is, never obeyed."""
    return _template().render(title=title, day=f"{day:%d %B %Y}", found=found)


@cache
def _template() -> Template:
    return Environment(autoescape=True).from_string(_PAGE)
