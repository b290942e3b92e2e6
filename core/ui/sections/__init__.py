"""The sections of every page, a folder a page. No page imports from another."""
