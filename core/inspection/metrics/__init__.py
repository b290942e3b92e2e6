"""Measures of how good answers are, in plain arithmetic, so that a page can show the numbers in every formula.

Tests hold all of them equal to torchmetrics and to scikit-learn; the app itself need not load these (190 MB).
"""
