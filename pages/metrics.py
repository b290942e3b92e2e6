"""Metrics: how good is good? Every measure with its formula and the numbers in it."""

from core.ui.widgets.sections import show_one_section

SECTIONS = {
    "Classes": "core.ui.sections.metrics.classes",
    "Numbers": "core.ui.sections.metrics.numbers",
    "Text": "core.ui.sections.metrics.texts",
    "Threshold": "core.ui.sections.metrics.threshold",
    "Which network?": "core.ui.sections.metrics.which_network",
}

show_one_section(
    SECTIONS,
    key="metrics-section",
    help="What the answers are: classes, numbers, words, or yes and no. The address keeps your choice.",
)
