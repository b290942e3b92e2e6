"""Signs that people type for one another: what stands for an apostrophe, a quotation mark or a dash."""

APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02bb\u02bd\u02b9\u02ca\u02cb\u2032\u2035\ua78c\u055a\uff07\uff40`\u00b4"
"""What phones, word processors and other keyboards put where an apostrophe belongs."""
QUOTES = "\u201c\u201d\u201e"
"""Quotation marks that are not straight."""
DASHES = "\u2010\u2011\u2013\u2014\u2212"
"""Hyphens and dashes that are not the one on a keyboard."""
