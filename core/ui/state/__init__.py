"""What outlives a page in one session, and how it stands in the address. Knows no network."""
