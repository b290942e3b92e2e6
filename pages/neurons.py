"""Neurons: one of them by hand, a network of them that learns from points, and how much of it is luck."""

from core.ui.sections.neurons.sections import show_sections

show_sections()
